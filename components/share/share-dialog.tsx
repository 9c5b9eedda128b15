"use client";

import { X } from "lucide-react";
import { useEffect, useId, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { useWords } from "@/components/ui/words";
import { visible } from "@/lib/graph/names";
import type { ThemeName } from "@/lib/render/theme";
import { Actions } from "./actions";
import { type Choices, type Format, type Frozen, formats, isPicture } from "./choices";
import { FactsPart } from "./facts-part";
import { Select, TextField } from "./fields";
import { keepRedaction, keptRedaction } from "./kept-choices";
import { LinkPart } from "./link-part";
import { type ChoiceProps, PartChoices, PictureChoices } from "./picture-choices";
import { PicturePreview, TextPreview } from "./preview";
import { RedactionChoice } from "./redaction-choice";
import { RulesChoice } from "./rules-choice";
import { type Content, type Prepared, usePrepared } from "./use-prepared";

export type ShareDialogProps = {
  readonly frozen: Frozen;
  readonly format: Format;
  /** Of the screen: what a picture begins with. */
  readonly theme: ThemeName;
  readonly onClose: () => void;
};

const firstChoices = ({ frozen, format, theme }: ShareDialogProps): Choices => ({
  format,
  part: "whole",
  orientation: frozen.orientation,
  theme,
  scale: 2,
  title: "",
  alias: "",
  redaction: keptRedaction(),
  legend: true,
  time: true,
  lit: true,
  data: true,
  rules: true,
  code: false,
  base: `${location.origin}/open`,
});

function Preview({ content }: { readonly content: Content }) {
  if (content.kind === "picture") return <PicturePreview picture={content.picture} />;
  return <TextPreview text={content.kind === "text" ? content.text : (content.link ?? "")} />;
}

/** Which ways keep what a file carries, and which lose it. */
function Channels({ format }: { readonly format: Exclude<Format, "facts"> }) {
  const words = useWords();
  if (isPicture(format)) {
    return (
      <div className="rounded-md bg-inset px-3 py-2 text-[12px] leading-5">
        <p>{words("share.channels.keep")}</p>
        <p className="mt-1">{words("share.channels.lose")}</p>
      </div>
    );
  }
  return <p className="text-[12px] leading-5 text-muted">{words(`share.about.${format}`)}</p>;
}

/** Another name renames the host; its own id, which all ids in the data begin with, is a name to be replaced. */
const keepsId = ({ format, redaction, data, code }: Choices): boolean =>
  redaction !== "names" &&
  (format === "json" || format === "link" || (isPicture(format) && (data || code)));

type FieldProps = ChoiceProps & { readonly prepared: Prepared };

/** What it is called there. */
function Names({ prepared, frozen, choices, choose }: FieldProps) {
  const words = useWords();
  const { name, id } = frozen.topology.host;
  return (
    <div className="grid grid-cols-1 gap-3 sm:grid-cols-2">
      {choices.format !== "csv" && (
        <TextField
          label={words("share.title")}
          value={choices.title}
          placeholder={words("share.noTitle")}
          onWrite={(title) => choose({ title })}
        />
      )}
      <TextField
        label={words("share.alias")}
        value={choices.alias}
        placeholder={choices.redaction === "names" ? prepared.host : visible(name)}
        onWrite={(alias) => choose({ alias })}
      />
      {choices.alias !== "" && keepsId(choices) && (
        <p role="status" className="-mt-2 text-[12px] leading-4.5 text-muted sm:col-span-2">
          {words("share.aliasId", { id: visible(id) })}
        </p>
      )}
    </div>
  );
}

function Fields(props: FieldProps) {
  const words = useWords();
  const { prepared, choices, choose } = props;
  const { format } = choices;
  const formatChoice = (
    <Select
      label={words("share.format.label")}
      value={format}
      options={formats.map((value) => ({ value, text: words(`share.format.${value}`) }))}
      onChoose={(chosen) => choose({ format: chosen })}
    />
  );
  if (format === "facts") {
    return (
      <div className="flex flex-col gap-3">
        {formatChoice}
        <FactsPart facts={prepared.facts} />
      </div>
    );
  }
  return (
    <div className="flex flex-col gap-3">
      {formatChoice}
      <Channels format={format} />
      <RedactionChoice
        choices={choices}
        replaced={prepared.replaced}
        choose={(changes) => {
          if (changes.redaction !== undefined) keepRedaction(changes.redaction);
          choose(changes);
        }}
      />
      <PartChoices {...props} />
      <PictureChoices {...props} />
      <RulesChoice choices={choices} ruled={prepared.ruled} choose={choose} />
      <Names {...props} />
      <LinkPart {...props} link={prepared.link} />
    </div>
  );
}

/** Makes something to send of a frozen copy of the host: what is previewed is what is saved. */
export function ShareDialog(props: ShareDialogProps) {
  const { frozen, onClose } = props;
  const words = useWords();
  const dialog = useRef<HTMLDialogElement>(null);
  const title = useId();
  const [choices, setChoices] = useState(() => firstChoices(props));
  const prepared = usePrepared(frozen, choices);
  useEffect(() => {
    dialog.current?.showModal();
    // The first of the choices, and not the button that closes them.
    dialog.current?.querySelector("select")?.focus();
  }, []);
  const choose = (changes: Partial<Choices>) => setChoices((now) => ({ ...now, ...changes }));
  const close = () => dialog.current?.close();
  return (
    <dialog
      ref={dialog}
      aria-labelledby={title}
      onClose={onClose}
      className="m-auto h-[calc(100dvh-2rem)] max-h-[52rem] w-[min(70rem,calc(100vw-1rem))] overflow-hidden rounded-xl border border-edge bg-panel p-0 text-ink shadow-float backdrop:bg-black/40"
    >
      <div className="flex size-full flex-col">
        <header className="flex items-center justify-between border-b border-edge py-2 pr-2 pl-5">
          <h2 id={title} className="text-[15px] font-semibold">
            {words("share.dialog")}
          </h2>
          <Button look="quiet" label={words("ui.close")} className="px-0" onClick={close}>
            <X size={16} aria-hidden />
          </Button>
        </header>
        <div className="flex min-h-0 flex-1 flex-col overflow-y-auto md:flex-row md:overflow-hidden">
          <div className="shrink-0 p-4 md:w-[24rem] md:overflow-y-auto md:border-r md:border-edge md:p-5">
            <Fields frozen={frozen} choices={choices} choose={choose} prepared={prepared} />
          </div>
          <div
            data-testid="preview"
            className="flex h-52 min-w-0 shrink-0 bg-inset p-3 max-md:order-first max-md:border-b max-md:border-edge md:h-auto md:flex-1 md:shrink"
          >
            <Preview content={prepared.content} />
          </div>
        </div>
        <footer className="border-t border-edge px-4 py-3">
          <Actions prepared={prepared} choices={choices} choose={choose} onClose={close} />
        </footer>
      </div>
    </dialog>
  );
}
