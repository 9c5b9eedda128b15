import type { Words } from "@/lib/messages/words";
import { shellQuote } from "@/lib/net/shell-quote";
import { catalogue } from "@/lib/probes/catalogue";
import type { Ask, Probe, Scope } from "@/lib/probes/define";
import { typedArgv } from "@/server/gather/script";
import { fieldLines, isEnginePath } from "@/server/transport/engine-fields";
import type { Where } from "@/server/transport/port";
import { engineHelpers, helpers, literal, programs } from "./shell-parts";

type Lines = readonly string[];
const ofScope = (...scopes: readonly Scope[]): readonly Probe<unknown>[] =>
  catalogue.filter(({ scope }) => scopes.includes(scope));

const own: Where = { kind: "own" };

/** The words that a person would type for this question; \`form\` as in {@link typedArgv}. */
const typed = (probe: Probe<unknown>, form: number): readonly string[] =>
  typedArgv(
    { number: 0, where: own, deadlineMs: 0, questions: [{ name: probe.name, probe }] },
    probe.name,
    form,
  );

const asking = (probe: Probe<unknown>, form: number): string =>
  `ask ${probe.name} ${form} ${shellQuote(typed(probe, form))}`;

/** By the \`ip\` that the host has: of JSON, of text, BusyBox's. */
const ipQuestion = (probe: Probe<unknown>, line: string): Lines => {
  // BusyBox knows no namespaces: told once for the whole host.
  const unknown = line.startsWith("netns ");
  const missing = `{"probe":"${probe.name}","netns":"'"$netns"'","reason":"command-missing","command":"${shellQuote(typed(probe, 1))}"}`;
  return [
    "case $speaks in",
    `  0) ${asking(probe, 0)} ;;`,
    `  1) ${asking(probe, 1)} ;;`,
    unknown ? `  *) test -n "$entered" || gap '${missing}' ;;` : `  *) ${asking(probe, 2)} ;;`,
    "esac",
    unknown ? 'test "$speaks" = 2 || keep' : "keep",
  ];
};

const shellQuestion = (probe: Probe<unknown>): Lines => [
  asking(probe, 0),
  ...(probe.otherwise ?? []).map(
    ({ unless }, index) =>
      `if failed && ! { ${unless}; } </dev/null >/dev/null 2>&1; then ${asking(probe, index + 1)}; fi`,
  ),
  "keep",
];

const linesOf = (probe: Probe<unknown>, ask: Ask): Lines =>
  ask.kind === "ip-batch" ? ipQuestion(probe, ask.line) : shellQuestion(probe);

/** One question with what becomes of it; `after`: what is looked at in the answer. */
const question = (probe: Probe<unknown>, after: Lines = []): Lines => [
  "",
  `# ${probe.why}`,
  ...linesOf(probe, probe.ask),
  ...after,
];

const afterwards: Readonly<Record<string, Lines>> = {
  "netns-paths": ['cp "$notes/out" "$notes/paths"'],
  mountinfo: ['cp "$notes/out" "$notes/mounts"'],
};

const whereLinks = (probe: Probe<unknown>, lines: Lines): Lines =>
  probe.name === "ip-addr" ? lines : [];

const inHost = (probes: readonly Probe<unknown>[]): Lines =>
  probes.flatMap((probe) =>
    question(probe, [
      ...(afterwards[probe.name] ?? []),
      ...whereLinks(probe, [`host_ends=" $(ends_in | tr '\\n' ' ') "`, "look_at_links"]),
    ]),
  );

const inNamespace = (probes: readonly Probe<unknown>[]): Lines =>
  probes.flatMap((probe) => question(probe, whereLinks(probe, ["look_at_links"])));

const onlyIf = (condition: string, probes: readonly Probe<unknown>[]): Lines =>
  probes.length === 0
    ? []
    : [
        "",
        `if test -n "$${condition}"; then`,
        ...indented(probes.flatMap((each) => question(each))),
        "fi",
      ];

const indented = (lines: Lines): Lines => lines.map((line) => (line === "" ? "" : `  ${line}`));

const defined = (name: string, lines: Lines): Lines => [`${name}() {`, ...indented(lines), "}", ""];

const engineQuestion = (probe: Probe<unknown>): Lines => {
  if (probe.ask.kind !== "engine" || !isEnginePath(probe.ask.path)) return [];
  const { path } = probe.ask;
  return [
    "",
    `# ${probe.why}`,
    `ask_engine ${probe.name} ${literal(path)} ${literal(fieldLines(path).join("\n"))}`,
  ];
};

const engineQuestions: Lines = [
  "find_socket",
  'if test -z "$socket"; then',
  `  if test -n "$denied"; then gap '{"probe":null,"netns":null,"reason":"engine-denied","socket":'"$(awk "$text_as_json" "$denied")"'}'`,
  `  else gap '{"probe":null,"netns":null,"reason":"no-engine","socket":"/run/docker.sock"}'; fi`,
  "  return",
  "fi",
  ...ofScope("engine").flatMap(engineQuestion),
];

const body = (words: Words): string => {
  const said = (key: Parameters<Words>[0]): string => literal(words(key));
  return String.raw`
# Which ip this is: of JSON, of text, or BusyBox's. By its path: some shells have one of their own.
find_tools() {
  ip=ip speaks=0 limit=
  old=$IFS
  IFS=:
  for each in $PATH; do if test -x "$each/ip"; then ip=$each/ip; break; fi; done
  IFS=$old
  if ! "$ip" -j -V >/dev/null 2>&1; then
    speaks=1
    "$ip" -V >/dev/null 2>&1 || speaks=2
  fi
  ! timeout -s KILL 9 true >/dev/null 2>&1 || limit="timeout -s KILL 20"
}

tidy() {
  for each in out err answer part answers gaps paths mounts namespaces raw reply facts; do rm -f "$notes/$each"; done
  rmdir "$notes"
}

ask_all() {
  netns= entered= at=$(date -u +%Y-%m-%dT%H:%M:%SZ) begun_at=$at
  say ${said("cli.collect.asking")}
  ask_machine
  settle
  awk "$namespaces_in" "$notes/paths" "$notes/mounts" >"$notes/namespaces"
  read -r nsfs own <"$notes/namespaces"
  netns=$own
  ask_host
  settle
  of=$(($(grep -c . "$notes/namespaces") - 1)) done=0 held=0
  say ${said("cli.collect.namespaces")}"$of"
  { read -r first; while read -r netns entered; do
    case $entered in /proc/*) ;; *) held=$((held + 1)) ;; esac
    at=$(date -u +%Y-%m-%dT%H:%M:%SZ)
    ask_namespace
    settle
    done=$((done + 1))
    test ! -t 2 || printf '\r%s/%s ' "$done" "$of" >&2
  done; } <"$notes/namespaces"
  test ! -t 2 || printf '\r\033[K' >&2
  netns= entered= at=$(date -u +%Y-%m-%dT%H:%M:%SZ)
  test "$held" -lt 2 || ask_held
  say ${said("cli.collect.engine")}
  ask_engines
  settle
}

write_down() {
  printf '{\n"format": "vethscope-facts/1",\n"notice": %s,\n' "$(awk "$text_as_json" ${said("cli.factsNotice")})"
  printf '"host": "collected",\n"source": "recorded",\n"at": "%s",\n"gaps": [\n' "$begun_at"
  cat "$notes/gaps"
  printf '],\n"answers": [\n'
  cat "$notes/answers"
  printf ']\n}\n'
}

collect() {
  LC_ALL=C PATH="$PATH:/usr/local/sbin:/usr/sbin:/sbin:/usr/local/bin:/usr/bin:/bin"
  export LC_ALL PATH
  umask 077
  for each in awk stat mktemp; do
    command -v "$each" >/dev/null || { say ${said("cli.collect.needs")}"$each"; return 1; }
  done
  read -r name </proc/sys/kernel/hostname
  case $name in '' | *[!A-Za-z0-9._-]*) name=host ;; esac
  file=${"$"}{1:-$name.facts.json}
  if test "$file" != - && test -e "$file"; then say ${said("cli.collect.exists")}"$file"; return 1; fi
  test "$(id -u)" = 0 || say ${said("cli.collect.notRoot")}
  notes=$(mktemp -d "${"$"}{TMPDIR:-/tmp}/vethscope.XXXXXX") || return 1
  trap tidy EXIT
  trap 'exit 130' HUP INT TERM
  for each in part answers gaps; do : >"$notes/$each"; done
  find_tools
  ask_all
  write_down >"$notes/facts"
  if test "$file" = -; then
    cat "$notes/facts"
  else
    cat "$notes/facts" >"$file" || return 1
    say ${said("cli.collect.done")}"$file"
  fi
  say ${said("cli.collect.warning")}
}

collect "$@"
`;
};

/**
 * A POSIX script that asks a host what Vethscope would ask, and writes the answers as a facts file: for a
 * host without network. Its head is in the reader's language. Every namespace is asked by itself and its
 * path looked up again after it, in place of the two looks at all of them that gathering takes.
 */
export const collectScript = (words: Words): string =>
  [
    "#!/bin/sh",
    ...words("cli.collect.head")
      .split("\n")
      .map((line) => `# ${line}`.trimEnd()),
    "",
    programs,
    helpers,
    ...defined("ask_machine", inHost(ofScope("machine"))),
    ...defined("ask_host", [
      ...inHost(ofScope("netns", "host-netns", "rules")),
      ...onlyIf("filtering", ofScope("filtering")),
    ]),
    ...defined("ask_namespace", [
      ...inNamespace(ofScope("netns")),
      ...onlyIf("vxlan", ofScope("tunnel")),
      ...onlyIf("filtering", ofScope("filtering")),
      ...onlyIf("observer", ofScope("observer")),
    ]),
    ...defined("ask_held", inNamespace(ofScope("held"))),
    engineHelpers,
    ...defined("ask_engines", engineQuestions),
    body(words).trimStart(),
  ].join("\n");
