import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

/** What lives where, in one line each. The test of the README fails for a room that is not listed. */
const rooms: Readonly<Record<string, string>> = {
  app: "routes: validate, call server/, reply or render",
  "components/workbench": "the page of a host: state in the URL, header, panels",
  "components/graph": "the picture on the screen; the only room that knows Cytoscape",
  "components/inspector": "what is known of one thing, and how: the evidence card",
  "components/diagnose": "what is wrong with the host, what shows it and what would mend it",
  "components/hosts": "choosing a host, and what is shown while or when one cannot be read",
  "components/grid": "rows that scroll, sort and are walked by keys; what the three tables share",
  "components/table": "the same rows as the picture",
  "components/ports":
    "each port, from where it is reached and why; the way in, the way out, and NAT in the picture",
  "components/rules":
    "the rules of a namespace: in which order they are met, and each with its counters",
  "components/find": "the search box, its conditions and its matches",
  "components/palette": "everything that the page can do, by Ctrl K",
  "components/learn":
    "the notes behind every ?: what a word means, drawn, with a host’s own answers",
  "components/paste":
    "text from a terminal or an article: what was recognised, whose it is, what is missing",
  "components/share": "what is sent of a host: the dialog, its preview, pictures and links",
  "components/open": "what is dropped, chosen or linked, opened in this browser alone",
  "components/ui": "buttons, menus, copying; no word of networking",
  "lib/net": "ids, keys, shell quoting",
  "lib/messages": "every word that a person reads, en and zh-CN",
  "lib/hosts": "what is said of a host before it is read: its state, what bars the way",
  "lib/facts": "what a host said, verbatim, and what it did not",
  "lib/probes": "one file per question: how it is asked and read",
  "lib/topology": "namespaces, links, pairs with their proofs, containers, networks",
  "lib/details": "what one panel tells of one thing beyond the topology, read when it opens",
  "lib/wire": "the topology in few bytes, for its way to the browser",
  "lib/graph": "what is shown: nodes, edges, groups, the path of a selection",
  "lib/find": "what a search means, and what of a topology fits it",
  "lib/netfilter":
    "what the rules of a namespace do with a packet, and what of that cannot be told",
  "lib/ports":
    "each port with who listens and from where it is reached, worked out packet by packet",
  "lib/scene": "where it is shown: boxes, lines, text",
  "lib/diagnosis": "one file per fault that is looked for: topology, rules and sockets to findings",
  "lib/learn": "the notes: their words, their drawings, and what of a host’s answers shows them",
  "lib/render": "the scene as SVG, and the colours",
  "lib/paste": "pasted text to facts: recognised, split by prompts, labelled",
  "lib/share": "files, links and text that leave, and files that come in; what is left out of them",
  "server/transport": "ways to a host; the only room that knows dockerode",
  "server/gather": "composes the questions into few processes and runs them",
  "server/hosts": "the hosts and their latest readings",
  "server/access": "the door: who may ask",
  "server/store": "what is kept on disk",
  "server/picture": "pictures that no browser draws: resvg with fonts of our own",
  "server/cli": "npm start, the command line and its package; the README's generated parts",
  "e2e/lab": "real hosts in namespaces: dockerd, sshd, containers",
  "e2e/run": "npm test, npm run lab, npm run bench",
  "e2e/bench": "the figures",
  "e2e/record": "recorded hosts and how they were made",
};

const root = new URL("../../", import.meta.url).pathname;

const files = (folder: string): readonly string[] =>
  readdirSync(join(root, folder)).flatMap((name) => {
    const path = `${folder}/${name}`;
    if (statSync(join(root, path)).isDirectory()) return files(path);
    return /\.(ts|tsx)$/.test(name) && !/\.(test|spec)\./.test(name) ? [path] : [];
  });

const roomOf = (path: string): string | undefined =>
  Object.keys(rooms).find((room) => path === room || path.startsWith(`${room}/`));

/** Folders two levels down that hold code and stand in no list. */
export const unlistedRooms = (): readonly string[] =>
  ["app", "components", "lib", "server", "e2e"]
    .flatMap(files)
    .filter((path) => path.split("/").length > 2 && roomOf(path) === undefined);

function importsOf(path: string): readonly string[] {
  const text = readFileSync(join(root, path), "utf8");
  return [...text.matchAll(/from "@\/([^"]+)"/g)].flatMap(([, to]) => roomOf(to ?? "") ?? []);
}

/** What each room imports from, read off the code. */
function uses(): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  for (const path of ["app", "components", "lib", "server", "e2e"].flatMap(files)) {
    const from = roomOf(path);
    if (from === undefined) continue;
    const known = found.get(from) ?? new Set<string>();
    found.set(from, known);
    for (const to of importsOf(path)) if (to !== from) known.add(to);
  }
  return found;
}

/** The map of the code: every room with its purpose, and what it imports from. */
export function codeMap(): string {
  const imports = uses();
  const rows = Object.entries(rooms).map(([room, purpose]) => {
    const from = [...(imports.get(room) ?? [])].toSorted().map((each) => `\`${each}\``);
    return `| \`${room}/\` | ${purpose} | ${from.join(" ")} |`;
  });
  return ["| room | what it is for | imports from |", "|---|---|---|", ...rows].join("\n");
}
