"use client";

import {
  type ReactNode,
  type RefObject,
  useCallback,
  useEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import { flushSync } from "react-dom";
import { FindBar } from "@/components/find/find-bar";
import { FindProvider } from "@/components/find/find-context";
import { SearchBox } from "@/components/find/search-box";
import { HostPalette } from "@/components/palette/host-palette";
import type { Frozen } from "@/components/share/choices";
import { remember } from "@/components/ui/cookie";
import { useMedia } from "@/components/ui/media";
import type { ThemeChoice } from "@/components/ui/theme-choice";
import { useTheme } from "@/components/ui/use-theme";
import { useWords, WordsProvider } from "@/components/ui/words";
import { problems } from "@/lib/diagnosis/diagnose";
import { withTrouble } from "@/lib/graph/legend";
import type { Graph } from "@/lib/graph/model";
import { visible } from "@/lib/graph/names";
import type { HostEntry } from "@/lib/hosts/entry";
import type { Locale } from "@/lib/messages/keys";
import type { Key } from "@/lib/net/ids";
import type { CanvasHandle } from "./canvas";
import { SelectedProvider, WorkbenchProvider } from "./context";
import { copyFirstCheck } from "./copy-first-check";
import { Details } from "./details";
import { Header } from "./header";
import { LegendPointProvider } from "./legend-point";
import { MainView, showsAttachments } from "./main-view";
import { NoticeBar } from "./notice-bar";
import type { PackedReading, Reading, Refused } from "./reading";
import { selectionWords } from "./selection-words";
import { ShortcutHelp } from "./shortcut-help";
import { SkipLinks } from "./skip-links";
import { StaleMark } from "./stale-mark";
import { StatusStrip } from "./status-strip";
import type { UrlState, ViewName } from "./url-state";
import { usePageTitle } from "./use-page-title";
import { useReading } from "./use-reading";
import { useSharing } from "./use-sharing";
import { useShortcuts } from "./use-shortcuts";
import { useTools } from "./use-tools";
import { useUrlState } from "./use-url-state";

export type WorkbenchProps = {
  readonly host: string;
  readonly hosts: readonly HostEntry[];
  readonly first: PackedReading | Reading;
  /** Why the first reading is an old one; null: it is not. */
  readonly refused: Refused | null;
  /** By cookie and Accept-Language; the URL may say another. */
  readonly locale: Locale;
  readonly theme: ThemeChoice;
  /** The host lies in this browser: what stands in place of the menu of hosts, and what is said of it. */
  readonly file?: {
    readonly mark: ReactNode;
    readonly notice: ReactNode;
    readonly from: SharedFrom;
  };
};

/** What a file says of itself, and what is made of it says on. */
type SharedFrom = Frozen["from"];
const fromHere: SharedFrom = { part: false, redaction: "none" };

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
  file,
  url,
  onLocale,
}: BenchProps) {
  const words = useWords();
  const { state, change } = url;
  const { reading, refused, busy, refresh } = useReading(host, first, barred);
  const theme = useTheme(themeChoice);
  const narrow = useMedia("(max-width: 639px)");
  const [summaryOpen, setSummaryOpen] = useState(false);
  const [help, setHelp] = useState(false);
  const picture = useRef<CanvasHandle>(null);

  const inFile = file !== undefined;
  usePageTitle(hosts.find(({ id }) => id === host) ?? null, reading.topology.host.name);

  const { topology } = reading;
  const { tools, drawn } = useTools({ host, inFile, reading, url });
  const { findings, trouble, select } = tools;
  const legend = useMemo(
    () => legendOf(withTrouble(drawn, trouble, words).graph),
    [drawn, trouble, words],
  );
  const search = useCallback((query: string) => change({ query }, "replace"), [change]);
  const hideRest = useCallback((hide: boolean) => change({ hide }), [change]);

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
    // In a narrow window it is not there until then, and could not have the focus.
    flushSync(() => setSummaryOpen(true));
    document.getElementById("details")?.focus();
  };
  const { share, dialog } = useSharing(
    () => ({
      topology,
      reading: { host, snapshot: reading.snapshot },
      ruled: reading.ruled ?? null,
      ...shownAs(state),
      onScreen: onScreen(picture),
      stale: refused !== null,
      from: file?.from ?? fromHere,
    }),
    theme.theme,
  );
  const clear = () => {
    setSummaryOpen(false);
    select(null);
  };
  useEffect(() => {
    if (!inFile) remember("vethscope-host", host);
  }, [host, inFile]);
  useShortcuts({
    Escape: clear,
    "?": () => setHelp(true),
    y: copyFirstCheck,
    s: () => share(),
    g: () => setView("graph"),
    t: () => setView("table"),
    d: () => setView("diagnose"),
    P: () => setView("ports"),
    R: () => setView("rules"),
    f: () => picture.current?.fit(),
    "1": () => picture.current?.actualSize(),
    "+": () => picture.current?.zoomIn(),
    "-": () => picture.current?.zoomOut(),
  });

  return (
    <WorkbenchProvider value={tools}>
      <SelectedProvider value={state.selected}>
        <FindProvider
          topology={topology}
          text={state.query}
          hide={state.hide}
          onText={search}
          onHide={hideRest}
        >
          <LegendPointProvider>
            <div className="flex h-dvh min-h-[34rem] flex-col max-sm:min-h-[40rem]">
              <SkipLinks onTable={showTable} />
              <Header
                host={host}
                file={file?.mark ?? null}
                onShare={() => share()}
                search={<SearchBox />}
                hosts={hosts}
                view={view}
                onView={setView}
                problems={problems(findings).length}
                at={topology.host.at}
                recorded={topology.host.source === "recorded"}
                stale={refused !== null}
                busy={busy}
                onRefresh={() => void refresh()}
                onLocale={onLocale}
                theme={theme.choice}
                onTheme={theme.choose}
              />
              <NoticeBar
                file={file?.notice ?? null}
                stopped={state.stopped}
                refused={refused}
                busy={busy}
                onRetry={() => void refresh()}
                onGaps={showSummary}
                onStopped={() => change({ stopped: true })}
              />
              {showsAttachments(view) && <FindBar />}
              <div className="flex min-h-0 flex-1 max-sm:flex-col">
                <main
                  id="main"
                  tabIndex={-1}
                  className={`relative min-h-0 min-w-0 flex-1 bg-canvas ${refused === null ? "" : "grayscale"}`}
                >
                  <h1 className="sr-only">
                    {words("canvas.label", { host: visible(topology.host.name) })}
                  </h1>
                  {refused !== null && <StaleMark at={topology.host.at} />}
                  <MainView
                    view={view}
                    state={state}
                    change={change}
                    drawn={drawn}
                    theme={theme.theme}
                    picture={picture}
                    onShare={() => share()}
                    onView={setView}
                    onShow={showInPicture}
                  />
                </main>
                <Details
                  open={state.selected !== null || summaryOpen}
                  onClose={() => setSummaryOpen(false)}
                />
              </div>
              <StatusStrip
                legend={view === "graph" ? legend : null}
                onGaps={showSummary}
                onHelp={() => setHelp(true)}
              />
              <HostPalette
                hosts={hosts}
                deeds={{
                  state,
                  change,
                  onView: setView,
                  onTheme: theme.choose,
                  onLocale,
                  onHelp: () => setHelp(true),
                  onSave: share,
                  onClear: clear,
                  onRefresh: topology.host.source === "recorded" ? null : () => void refresh(),
                }}
              />
              <ShortcutHelp open={help} onClose={() => setHelp(false)} />
              {dialog}
            </div>
          </LegendPointProvider>
          <p aria-live="polite" className="sr-only" data-testid="said">
            {selectionWords(words, tools, state.selected)}
          </p>
        </FindProvider>
      </SelectedProvider>
    </WorkbenchProvider>
  );
}

const shownAs = ({ orientation, group, stopped, selected }: UrlState) => ({
  orientation,
  group,
  stopped,
  selected,
});

const onScreen = (picture: RefObject<CanvasHandle | null>) => picture.current?.onScreen() ?? null;

const legendOf = ({ legend, signs }: Graph) => [...legend, ...signs];
