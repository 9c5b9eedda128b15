import type { PortColumn } from "@/components/workbench/url-state";
import { visible } from "@/lib/graph/names";
import type { MessageKey } from "@/lib/messages/keys";
import type { PortRow, Sending } from "@/lib/ports/model";
import { hostText, protocolText, targetText } from "./port-text";
import { listenerWords, targetNames } from "./port-words";
import { reasonWords } from "./reached-words";
import type { Saying } from "./reason-words";

type Column = {
  readonly heading: MessageKey;
  /** Least and relative width on a wide screen. */
  readonly width: string;
  /** As it is copied, saved and searched. */
  readonly text: (row: PortRow, saying: Saying) => string;
};

/** `DOCKER: -p tcp … --to-destination 172.17.0.2:80` */
const sendingText = ({ chain, text }: Sending): string => `${visible(chain)}: ${visible(text)}`;

export const portColumnLooks: Readonly<Record<PortColumn, Column>> = {
  port: { heading: "ports.column.port", width: "minmax(9rem,0.9fr)", text: hostText },
  protocol: { heading: "ports.column.protocol", width: "minmax(4.5rem,0.3fr)", text: protocolText },
  target: {
    heading: "ports.column.target",
    width: "minmax(9rem,1.1fr)",
    text: (row, saying) =>
      [targetNames(saying, row).join(", "), targetText(row)].filter(Boolean).join(" "),
  },
  listener: {
    heading: "ports.column.listener",
    width: "minmax(7.5rem,0.8fr)",
    text: (row, saying) => listenerWords(saying, row),
  },
  scope: {
    heading: "ports.column.scope",
    width: "minmax(12rem,1.8fr)",
    text: (row, saying) => {
      const why = reasonWords(saying, row);
      const name = saying.words(`ports.scope.${row.scope}`);
      return why === "" ? name : `${name}: ${why}`;
    },
  },
  rule: {
    heading: "ports.column.rule",
    width: "minmax(10rem,1.6fr)",
    text: ({ rules }) => rules.map(sendingText).join("; "),
  },
  proxy: {
    heading: "ports.column.proxy",
    width: "minmax(7rem,0.5fr)",
    text: ({ proxy }) => (proxy === null ? "" : `${proxy.pid}`),
  },
  kind: {
    heading: "ports.column.kind",
    width: "minmax(6rem,0.5fr)",
    text: ({ kind }, { words }) => words(`ports.kind.${kind}`),
  },
};
