import type { DocumentFigures, ToolFigures } from "./measure-document.js";

/** The figures as Markdown: cold runs, runs with little or nothing to do, what each tool needs and writes. */
export function renderTables(
  documents: readonly DocumentFigures[],
  machine: string,
): string {
  return [
    `${machine}; medians of whole processes, run in turn.`,
    "Cold runs, in seconds:",
    coldTable(documents),
    "Runs with the output in place, in seconds:",
    warmTable(documents),
    "Peak memory in megabytes, and what is written in kilobytes and files:",
    sizeTable(documents),
  ].join("\n\n");
}

function coldTable(documents: readonly DocumentFigures[]): string {
  const names = peerNames(documents);
  return table(
    ["", "ours", ...names, "ours ÷ fastest"],
    documents.map(({ title, ours, peers }) => [
      title,
      seconds(ours.cold),
      ...names.map((name) => of(peers, name, ({ cold }) => seconds(cold))),
      ratio(
        ours.cold,
        fastest(peers, ({ cold }) => cold),
      ),
    ]),
  );
}

function warmTable(documents: readonly DocumentFigures[]): string {
  return table(
    [
      "",
      "`node -e 0`",
      "unchanged",
      "÷ node",
      "÷ fastest peer",
      "`check`",
      "÷ node",
      "÷ fastest peer",
      "one operation changed",
      "÷ fastest peer",
      "fastest peer, run again",
    ],
    documents.map(({ title, ours, peers, node, check, oneChanged }) => {
      const peer = fastest(peers, ({ again }) => again);
      return [
        title,
        seconds(node),
        seconds(ours.again),
        ratio(ours.again, node),
        ratio(ours.again, peer),
        seconds(check),
        ratio(check, node),
        ratio(check, peer),
        oneChanged === undefined ? "" : seconds(oneChanged),
        oneChanged === undefined ? "" : ratio(oneChanged, peer),
        seconds(peer),
      ];
    }),
  );
}

function sizeTable(documents: readonly DocumentFigures[]): string {
  const names = peerNames(documents);
  const figures = ({ memory, bytes, files }: ToolFigures): string =>
    `${memory.toFixed(0)} MB, ${(bytes / 1000).toFixed(0)} kB in ${files}`;
  return table(
    ["", "ours", ...names],
    documents.map(({ title, ours, peers }) => [
      title,
      figures(ours),
      ...names.map((name) => of(peers, name, figures)),
    ]),
  );
}

function peerNames(documents: readonly DocumentFigures[]): readonly string[] {
  const names = documents.flatMap(({ peers, failed }) => [
    ...peers.map(({ name }) => name),
    ...failed,
  ]);
  return [...new Set(names)];
}

function of(
  peers: readonly ToolFigures[],
  wanted: string,
  print: (figures: ToolFigures) => string,
): string {
  const found = peers.find(({ name }) => name === wanted);
  return found === undefined ? "fails" : print(found);
}

function fastest(
  peers: readonly ToolFigures[],
  time: (figures: ToolFigures) => number,
): number {
  return Math.min(...peers.map(time));
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(2);
}

function ratio(time: number, reference: number): string {
  return (time / reference).toFixed(2);
}

function table(
  head: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join(
    "\n",
  );
}
