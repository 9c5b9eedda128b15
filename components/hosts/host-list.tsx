"use client";

import { X } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { Button } from "@/components/ui/button";
import { useWords } from "@/components/ui/words";
import { AsOf } from "@/components/workbench/as-of";
import { visible } from "@/lib/graph/names";
import type { HostEntry } from "@/lib/hosts/entry";
import type { MessageKey } from "@/lib/messages/keys";
import { askServer, hostPath } from "./ask-server";
import { hostName } from "./host-name";
import { RemarkList } from "./remark-list";
import { stateWords, type Tone, toneOf } from "./state-words";

const cell = "px-3 py-2.5 align-top";
const wide = `${cell} hidden md:table-cell`;

/** Every host with its state and what its last reading found. */
export function HostList({ hosts }: { readonly hosts: readonly HostEntry[] }) {
  const words = useWords();
  return (
    <div className="overflow-x-auto rounded-xl border border-edge bg-panel">
      <table className="w-full border-collapse text-left text-[13px] leading-5">
        <thead className="border-b border-edge text-muted">
          <tr>
            <Head text={words("hosts.list.name")} />
            <Head text={words("hosts.list.state")} />
            <Head text={words("hosts.list.engine")} hide />
            <Head text={words("hosts.list.containers")} hide />
            <Head text={words("hosts.list.namespaces")} hide />
            <Head text={words("hosts.list.rights")} hide />
            <Head text={words("hosts.list.age")} hide />
          </tr>
        </thead>
        <tbody>
          {hosts.map((host) => (
            <Row key={host.id} host={host} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Head({ text, hide = false }: { readonly text: string; readonly hide?: boolean }) {
  return (
    <th scope="col" className={`${hide ? wide : cell} font-medium whitespace-nowrap`}>
      {text}
    </th>
  );
}

function Row({ host }: { readonly host: HostEntry }) {
  const words = useWords();
  const { ssh, engineOnly } = host;
  // What nobody told has no numbers.
  const last = host.last?.told === true ? host.last : null;
  return (
    <tr className="border-b border-edge last:border-b-0 hover:bg-inset">
      <th scope="row" className={`${cell} font-normal`}>
        <Name host={host} />
      </th>
      <td className={cell}>
        <State host={host} />
      </td>
      <td className={wide}>
        {last &&
          (last.engine
            ? `${last.engine.name} ${last.engine.version}`
            : words("hosts.list.noEngine"))}
      </td>
      <td className={`${wide} tabular-nums`}>
        {last && (
          <>
            {words("hosts.list.running", { running: last.running })}
            {last.stopped > 0 && (
              <span className="block text-muted">
                {words("hosts.list.stopped", { n: last.stopped })}
              </span>
            )}
          </>
        )}
      </td>
      <td className={`${wide} tabular-nums`}>
        {last && last.maybeTwice > 0
          ? words("hosts.list.upTo", { n: last.namespaces })
          : last?.namespaces}
        {last && last.unread > 0 && (
          <span className="block text-warn">
            {words(last.maybeTwice > 0 ? "hosts.list.unreadUpTo" : "hosts.list.unread", {
              n: last.unread,
            })}
          </span>
        )}
      </td>
      <td className={wide}>
        {ssh?.rights && words(`hosts.rights.${ssh.rights}` as MessageKey)}
        {engineOnly && words("hosts.list.engineOnly")}
      </td>
      <td className={wide}>
        {host.last && <AsOf at={host.last.at} recorded={host.source === "recorded"} />}
      </td>
    </tr>
  );
}

function Name({ host }: { readonly host: HostEntry }) {
  const words = useWords();
  const name = hostName(words, host);
  const { ssh, engineOnly } = host;
  return (
    <>
      <Link
        href={`/hosts/${encodeURIComponent(host.id)}`}
        prefetch={false}
        className="rounded-sm text-[14px] font-semibold break-all text-ink underline decoration-edge underline-offset-4 hover:decoration-accent"
      >
        {name}
      </Link>
      {host.source === "recorded" && (
        <span className="ml-2 rounded-sm bg-inset px-1.5 text-[12px] text-muted">
          {words("header.recorded")}
        </span>
      )}
      {ssh && (
        <span className="mt-0.5 block text-muted">
          {ssh.address && (
            <span translate="no" className="mr-2 font-mono text-[12px] break-all">
              {visible(ssh.address)}
            </span>
          )}
          {ssh.via.length > 0 && (
            <span className="mr-2">
              {words("hosts.list.via", { via: ssh.via.map(visible).join(" → ") })}
            </span>
          )}
          <span>{words(`hosts.list.namedBy.${ssh.namedBy}` as MessageKey)}</span>
        </span>
      )}
      {engineOnly && (
        <span className="mt-0.5 block text-muted">
          <span translate="no" className="mr-2 font-mono text-[12px] break-all">
            {visible(engineOnly.address)}
          </span>
          <span>{words(`hosts.list.namedBy.${engineOnly.namedBy}` as MessageKey)}</span>
        </span>
      )}
      {ssh && ssh.remarks.length > 0 && (
        <div className="mt-1 text-muted">
          <RemarkList remarks={ssh.remarks} />
        </div>
      )}
    </>
  );
}

/** Differ in shape as well as in colour. */
const glyphs: Readonly<Record<Tone, { readonly glyph: string; readonly look: string }>> = {
  ok: { glyph: "●", look: "text-ok" },
  waiting: { glyph: "◐", look: "text-warn" },
  bad: { glyph: "▽", look: "text-bad" },
  none: { glyph: "○", look: "text-muted" },
};

function State({ host }: { readonly host: HostEntry }) {
  const words = useWords();
  const router = useRouter();
  const { glyph, look } = glyphs[toneOf(host)];
  const { ssh } = host;
  const remove = async () => {
    await askServer("DELETE", hostPath(host.id));
    router.refresh();
  };
  return (
    <div className="flex items-start gap-2">
      <div className="min-w-0">
        <span className="whitespace-nowrap">
          <span aria-hidden className={`mr-1.5 ${look}`}>
            {glyph}
          </span>
          {stateWords(words, host)}
        </span>
        {ssh?.unverified && (
          <span className="block text-warn" title={words("hosts.list.unverifiedWhy")}>
            {words("hosts.list.unverified")}
          </span>
        )}
        {ssh !== null && ssh.authorities.length > 0 && (
          <span
            className="block text-[12px] text-muted"
            title={ssh.authorities.map(visible).join(", ")}
          >
            {words("hosts.list.vouched")}
          </span>
        )}
      </div>
      {ssh?.namedBy === "page" && (
        <Button
          look="quiet"
          className="-my-1 ml-auto"
          label={words("hosts.list.remove", { name: hostName(words, host) })}
          onClick={() => void remove()}
        >
          <X size={14} aria-hidden />
        </Button>
      )}
    </div>
  );
}
