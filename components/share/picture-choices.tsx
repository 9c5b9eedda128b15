"use client";

import { Segments } from "@/components/ui/segments";
import { useWords } from "@/components/ui/words";
import { orientations } from "@/lib/graph/model";
import type { ThemeName } from "@/lib/render/theme";
import { type Choices, type Frozen, isPicture, type Part, parts, scales } from "./choices";
import { Checkbox, Labelled } from "./fields";

export type ChoiceProps = {
  readonly frozen: Frozen;
  readonly choices: Choices;
  readonly choose: (changes: Partial<Choices>) => void;
};

const isThere = (part: Part, { selected, onScreen }: Frozen): boolean => {
  if (part === "selection") return selected !== null;
  return part === "whole" || onScreen !== null;
};

/** Tables stand in one way only. */
const isArranged = ({ format }: Choices): boolean => format !== "md" && format !== "csv";

/** Which part, and how it stands. */
export function PartChoices({ frozen, choices, choose }: ChoiceProps) {
  const words = useWords();
  const offered = parts.filter((part) => isThere(part, frozen));
  return (
    <>
      {offered.length > 1 && (
        <Labelled name={words("share.part.label")}>
          <Segments
            label={words("share.part.label")}
            value={choices.part}
            segments={offered.map((value) => ({ value, text: words(`share.part.${value}`) }))}
            onChoose={(part) => choose({ part })}
          />
          {choices.part !== "whole" && (
            <p role="status" className="text-[12px] leading-4.5 text-muted">
              {words("share.part.only")}
            </p>
          )}
        </Labelled>
      )}
      {isArranged(choices) && (
        <Labelled name={words("share.orientation.label")}>
          <Segments
            label={words("share.orientation.label")}
            value={choices.orientation}
            segments={orientations.map((value) => ({
              value,
              text: words(`share.orientation.${value}`),
            }))}
            onChoose={(orientation) => choose({ orientation })}
          />
        </Labelled>
      )}
    </>
  );
}

const themes: readonly ThemeName[] = ["light", "dark"];

function Looks({ frozen, choices, choose }: ChoiceProps) {
  const words = useWords();
  const canLight = frozen.selected !== null && choices.part !== "selection";
  return (
    <div className="flex flex-col gap-1">
      <Checkbox checked={choices.legend} onCheck={(legend) => choose({ legend })}>
        {words("share.legend")}
      </Checkbox>
      <Checkbox checked={choices.time} onCheck={(time) => choose({ time })}>
        {words("share.time")}
      </Checkbox>
      {canLight && (
        <Checkbox checked={choices.lit} onCheck={(lit) => choose({ lit })}>
          {words("share.lit")}
        </Checkbox>
      )}
      <Checkbox checked={choices.data} onCheck={(data) => choose({ data })}>
        {words("share.data")}
        <span className="block text-muted">{words("share.dataWhy")}</span>
      </Checkbox>
    </div>
  );
}

/** What only a picture has: colours, size, legend, and the data in it. */
export function PictureChoices(props: ChoiceProps) {
  const words = useWords();
  const { choices, choose } = props;
  if (!isPicture(choices.format)) return null;
  return (
    <>
      <div className="flex flex-wrap gap-x-4 gap-y-3">
        <Labelled name={words("share.colours.label")}>
          <Segments
            label={words("share.colours.label")}
            value={choices.theme}
            segments={themes.map((value) => ({ value, text: words(`share.colours.${value}`) }))}
            onChoose={(theme) => choose({ theme })}
          />
        </Labelled>
        {choices.format === "png" && (
          <Labelled name={words("share.size")}>
            <Segments
              label={words("share.size")}
              value={`${choices.scale}`}
              segments={scales.map((scale) => ({ value: `${scale}`, text: `${scale}×` }))}
              onChoose={(wanted) =>
                choose({ scale: scales.find((scale) => `${scale}` === wanted) ?? 2 })
              }
            />
          </Labelled>
        )}
      </div>
      <Looks {...props} />
    </>
  );
}
