"use client";

import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { DiagnoseView } from "@/components/diagnose/diagnose-view";
import { hostName } from "@/components/hosts/host-name";
import { AttachmentTable } from "@/components/table/attachment-table";
import { remember } from "@/components/ui/cookie";
import { useMedia } from "@/components/ui/media";
import type { ThemeChoice } from "@/components/ui/theme-choice";
import { useTheme } from "@/components/ui/use-theme";
import { useWords, WordsProvider } from "@/components/ui/words";
import { diagnose, problems } from "@/lib/diagnosis/diagnose";
import { graph } from "@/lib/graph/graph";
import type { Graph } from "@/lib/graph/model";
import { visible } from "@/lib/graph/names";
import type { HostEntry } from "@/lib/hosts/entry";
import type { Locale } from "@/lib/messages/keys";
import type { Key } from "@/lib/net/ids";
import { Canvas, type CanvasHandle } from "./canvas";
import { SelectedProvider, type Workbench as Tools, WorkbenchProvider } from "./context";
import { Details } from "./details";
import { Header } from "./header";
import { hueFinder } from "./hue-finder";
import { NoticeBar } from "./notice-bar";
import type { PackedReading, Refused } from "./reading";
import { selectionWords } from "./selection-words";
import { StatusStrip } from "./status-strip";
import { StoppedToggle } from "./stopped-toggle";
import { topologyIndex } from "./topology-index";
import type { ViewName } from "./url-state";
import { useReading } from "./use-reading";
import { useShortcuts } from "./use-shortcuts";
import { useUrlState } from "./use-url-state";

export type WorkbenchProps = {
  readonly host: string;
  readonly hosts: readonly HostEntry[];
  readonly first: PackedReading;
  /** Why the first reading is an old one; null: it is not. */
  readonly refused: Refused | null;
  /** By cookie and Accept-Language; the URL may say another. */
  readonly locale: Locale;
  readonly theme: ThemeChoice;
};

/** The page of one host. All of its state is the URL and one reading. */
export function Workbench(props: WorkbenchProps) {
  const { state, change } = useUrlState();
  const [chosen, setChosen] = useState(props.locale);
  const locale = state.locale ?? chosen;
  useEffect(() => {
    document.documentElement.lang = locale;
  }, [locale]);
  // A link that names a language is a choice too; what the browser asks for is none.
  useEffect(() => {
    if (state.locale !== null) remember("vethscope-lang", state.locale);
  }, [state.locale]);
  const onLocale = (wanted: Locale) => {
    setChosen(wanted);
    if (state.locale !== null) change({ locale: wanted });
    else remember("vethscope-lang", wanted);
  };
  return (
    <WordsProvider locale={locale}>
      <Bench {...props} url={{ state, change }} onLocale={onLocale} />
    </WordsProvider>
  );
}

type BenchProps = WorkbenchProps & {
  readonly url: ReturnType<typeof useUrlState>;
  readonly onLocale: (locale: Locale) => void;
};

function Bench({
  host,
  hosts,
  first,
  refused: barred,
  theme: themeChoice,
  url,
  onLocale,
}: BenchProps) {
  const words = useWords();
  const { state, change } = url;
  const { reading, refused, busy, refresh } = useReading(host, first, barred);
  const theme = useTheme(themeChoice);
  const narrow = useMedia("(max-width: 639px)");
  const [summaryOpen, setSummaryOpen] = useState(false);
  const picture = useRef<CanvasHandle>(null);

  const entry = hosts.find(({ id }) => id === host);
  const title = entry && words("page.title", { host: hostName(words, entry) });
  useEffect(() => {
    if (title !== undefined) document.title = title;
  }, [title]);

  const { topology, snapshot } = reading;
  const index = useMemo(() => topologyIndex(topology), [topology]);
  const findings = useMemo(() => diagnose(topology), [topology]);
  const drawn = useMemo(
    () => graph(topology, { orientation: "rails", stopped: state.stopped }, words),
    [topology, state.stopped, words],
  );
  const select = useCallback((selected: Key | null) => change({ selected }), [change]);
  const tools: Tools = useMemo(
    () => ({ host, snapshot, index, findings, hueOf: hueFinder(drawn), select }),
    [host, snapshot, index, findings, drawn, select],
  );

  const usual: ViewName = narrow ? "table" : "graph";
  const view = state.view ?? usual;
  const setView = (wanted: ViewName) => change({ view: wanted === usual ? null : wanted });
  const showInPicture = (selected: Key) =>
    change({ view: usual === "graph" ? null : "graph", selected });
  const showTable = () => {
    setView("table");
    document.getElementById("main")?.focus();
  };
  const showSummary = () => {
    select(null);
    setSummaryOpen(true);
    document.getElementById("details")?.focus();
  };
  const clear = () => {
    setSummaryOpen(false);
    select(null);
  };
  useShortcuts({
    Escape: clear,
    g: () => setView("graph"),
    t: () => setView("table"),
    d: () => setView("diagnose"),
    f: () => picture.current?.fit(),
    "1": () => picture.current?.actualSize(),
    "+": () => picture.current?.zoomIn(),
    "-": () => picture.current?.zoomOut(),
  });

  return (
    <WorkbenchProvider value={tools}>
      <SelectedProvider value={state.selected}>
        <div className="flex h-dvh flex-col">
          <SkipLinks onTable={showTable} />
          <Header
            host={host}
            hosts={hosts}
            view={view}
            onView={setView}
            problems={problems(findings).length}
            at={topology.host.at}
            recorded={topology.host.source === "recorded"}
            busy={busy}
            onRefresh={() => void refresh()}
            onLocale={onLocale}
            theme={theme.choice}
            onTheme={theme.choose}
          />
          <NoticeBar
            stopped={state.stopped}
            refused={refused}
            onGaps={showSummary}
            onStopped={() => change({ stopped: true })}
          />
          <div className="flex min-h-0 flex-1">
            <main id="main" tabIndex={-1} className="relative min-w-0 flex-1 bg-canvas">
              <h1 className="sr-only">
                {words("canvas.label", { host: visible(topology.host.name) })}
              </h1>
              {view === "graph" && <Canvas ref={picture} graph={drawn} theme={theme.theme} />}
              {view === "table" && (
                <AttachmentTable
                  stopped={state.stopped}
                  sort={state.sort}
                  onSort={(sort) => change({ sort })}
                />
              )}
              {view === "diagnose" ? (
                <DiagnoseView onShow={showInPicture} />
              ) : (
                <StoppedToggle
                  count={drawn.stopped}
                  shown={state.stopped}
                  onChange={(stopped) => change({ stopped })}
                />
              )}
            </main>
            <Details
              open={state.selected !== null || summaryOpen}
              onClose={() => setSummaryOpen(false)}
            />
          </div>
          <StatusStrip legend={legendFor(view, drawn)} onGaps={showSummary} />
        </div>
        <p aria-live="polite" className="sr-only" data-testid="said">
          {selectionWords(words, index, state.selected)}
        </p>
      </SelectedProvider>
    </WorkbenchProvider>
  );
}

const legendFor = (view: ViewName, drawn: Graph) =>
  view === "graph" ? [...drawn.legend, ...drawn.signs] : null;

const skip =
  "sr-only focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-50 focus:rounded-md focus:bg-ink focus:px-3 focus:py-2 focus:text-[13px] focus:text-panel";

/** The table holds all that the picture shows, in a form that can be heard. */
function SkipLinks({ onTable }: { readonly onTable: () => void }) {
  const words = useWords();
  return (
    <>
      <button type="button" className={skip} onClick={onTable}>
        {words("page.skipToTable")}
      </button>
      <a href="#details" className={skip}>
        {words("page.skipToDetails")}
      </a>
    </>
  );
}
