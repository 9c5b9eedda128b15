"use client";

import { usePathname } from "next/navigation";
import { Activity, lazy, type ReactNode, Suspense } from "react";
import { readThemeChoice, type ThemeChoice } from "@/components/ui/theme-choice";
import { WordsProvider } from "@/components/ui/words";
import { type Locale, locales } from "@/lib/messages/keys";
import { BrokenBoundary } from "./broken-boundary";
import { DropHere } from "./drop-here";
import { loadAll, loadBench } from "./load-all";
import { OpeningProvider } from "./opening-context";
import { RefusedDialog } from "./refused-dialog";
import { useDrops } from "./use-drops";
import { openPath, useOpened } from "./use-opened";

const FileBench = lazy(() => loadBench().then(({ FileBench: bench }) => ({ default: bench })));

/** The reader may have chosen another one since the page came. */
const localeNow = (given: Locale): Locale =>
  typeof document === "undefined"
    ? given
    : (locales.find((each) => each === document.documentElement.lang) ?? given);

const themeNow = (given: ThemeChoice): ThemeChoice =>
  typeof document === "undefined"
    ? given
    : readThemeChoice(document.documentElement.dataset["theme"]);

/**
 * Around every page: what is dropped on it or pasted into it opens in this browser alone, at /open. There
 * the host that is open stands in place of the page, which waits as it is: its reading is not read again.
 */
export function OpenAnywhere({
  locale: given,
  theme,
  children,
}: {
  readonly locale: Locale;
  readonly theme: ThemeChoice;
  readonly children: ReactNode;
}) {
  const path = usePathname();
  const { held, refused, opening, close, forget } = useOpened(path);
  const near = useDrops(opening.openFile, loadAll);
  const shown = held !== null && path === openPath;
  const locale = localeNow(given);
  return (
    <OpeningProvider value={opening}>
      {shown && (
        <BrokenBoundary
          key={held.nth}
          fallback={
            <WordsProvider locale={locale}>
              <RefusedDialog
                refused={{
                  refusal: { why: "damaged", kind: "json", at: "" },
                  origin: held.origin,
                }}
                onClose={close}
              />
            </WordsProvider>
          }
        >
          <Suspense>
            <FileBench held={held} locale={locale} theme={themeNow(theme)} onClose={close} />
          </Suspense>
        </BrokenBoundary>
      )}
      {/* Behind what is shown: the first element with an id is the one that a reader sees. */}
      <Activity mode={shown ? "hidden" : "visible"}>{children}</Activity>
      {(near || refused !== null) && (
        <WordsProvider locale={locale}>
          {near && <DropHere />}
          {refused !== null && <RefusedDialog refused={refused} onClose={forget} />}
        </WordsProvider>
      )}
    </OpeningProvider>
  );
}
