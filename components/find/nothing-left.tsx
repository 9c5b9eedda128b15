"use client";

import { Button } from "@/components/ui/button";
import { useWords } from "@/components/ui/words";
import { FilterChips } from "./filter-chips";
import { useFind } from "./find-context";
import { MeantNames } from "./meant-names";

/** In place of rows where the conditions hide them all: each can be taken away, or all of them. */
export function NothingLeft({ onPicture }: { readonly onPicture?: () => void }) {
  const words = useWords();
  const { found, setHide, search } = useFind();
  const n = found.matches.length;
  return (
    <div
      data-testid="nothing-left"
      className="mx-auto flex max-w-xl flex-col gap-3 px-6 py-10 text-[13px]"
    >
      <h2 className="text-[15px] font-semibold">{words("find.nothingShown")}</h2>
      {n === 0 ? <MeantNames /> : <p>{words("find.noRows", { n })}</p>}
      <p className="text-muted">{words("find.removeOne")}</p>
      <FilterChips />
      <span className="flex flex-wrap gap-2">
        <Button onClick={() => setHide(false)}>{words("find.showAll")}</Button>
        {n > 0 && onPicture && <Button onClick={onPicture}>{words("find.toPicture")}</Button>}
        <Button look="quiet" onClick={() => search("", false)}>
          {words("find.clearAll")}
        </Button>
      </span>
    </div>
  );
}
