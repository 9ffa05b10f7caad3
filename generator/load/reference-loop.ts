import { isRef } from "@redocly/openapi-core";
import type { Document } from "@redocly/openapi-core";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { pointerSegments } from "./pointer.js";
import { diagnosticAt, isObject, relatedPlace } from "./spec-document.js";

/** Most `$ref`s that may follow each other; far beyond what people write. */
const longestChain = 100;

/** The document that a `$ref` in a document leads to, if it was read. */
type FindDocument = (from: Document, reference: string) => Document | undefined;

/** A value and where it stands. */
interface Place {
  readonly value: unknown;
  readonly document: Document;
  readonly pointer: string;
}

/**
 * The `$ref`s of documents that only lead back to themselves, also through other
 * documents: they point to nothing. One diagnostic for each loop; and one for the first
 * `$ref` that leads to ever more of them, which takes too long to follow.
 */
export function referenceLoops(
  documents: readonly Document[],
  find: FindDocument,
): readonly Diagnostic[] {
  const walk = openWalk(find);
  for (const place of documents.flatMap(references)) walk.follow(place, []);
  return walk.found;
}

/** Follows `$ref`s as Redocly does, which throws where one leads back to itself. */
function openWalk(find: FindDocument): {
  readonly found: readonly Diagnostic[];
  follow(link: Place, trail: readonly Place[]): Place | undefined;
} {
  const found: Diagnostic[] = [];
  const ends = new Map<unknown, Place | undefined>();
  let isLong = false;
  const follow = (link: Place, trail: readonly Place[]): Place | undefined => {
    const { value, document } = link;
    if (isLong || !isRef(value)) return link;
    if (ends.has(value)) return ends.get(value);
    const start = trail.findIndex((each) => each.value === value);
    if (start >= 0) {
      found.push(loopDiagnostic(trail.slice(start)));
      return undefined;
    }
    if (trail.length > longestChain) {
      isLong = true;
      found.push(longDiagnostic(trail[0] ?? link));
      return undefined;
    }
    const target = find(document, value.$ref);
    const end = target && targetOf(value.$ref, target, [...trail, link]);
    ends.set(value, end);
    return end;
  };
  const targetOf = (
    reference: string,
    document: Document,
    trail: readonly Place[],
  ): Place | undefined => {
    let place: Place | undefined = {
      value: document.parsed,
      document,
      pointer: "#/",
    };
    for (const segment of pointerSegments(reference.replace(/^[^#]*/, ""))) {
      const holder: Place | undefined = hasMember(place.value, segment)
        ? place
        : follow(place, trail);
      if (!holder || !hasMember(holder.value, segment)) return undefined;
      place = memberOf(holder, segment, holder.value[segment]);
    }
    return follow(place, trail);
  };
  return { found, follow };
}

function loopDiagnostic(loop: readonly Place[]): Diagnostic {
  const [first, ...others] = loop as [Place, ...Place[]];
  return diagnosticAt(
    textPlace(first),
    "spec-ref-loop",
    `"${referenceOf(first)}" leads back to itself`,
    {
      related: others
        .slice(0, 3)
        .map((each) =>
          relatedPlace(textPlace(each), "the loop leads through this $ref"),
        ),
    },
  );
}

function longDiagnostic(first: Place): Diagnostic {
  return diagnosticAt(
    textPlace(first),
    "spec-too-big",
    `"${referenceOf(first)}" leads through more than ${longestChain} other references`,
  );
}

function textPlace({ document, pointer }: Place): {
  readonly source: Document["source"];
  readonly pointer: string;
} {
  return { source: document.source, pointer };
}

function referenceOf({ value }: Place): string {
  return isRef(value) ? value.$ref : "";
}

/** Every `$ref` of a document, and where it stands. */
function references(document: Document): readonly Place[] {
  const found: Place[] = [];
  const visit = (place: Place): void => {
    const { value } = place;
    if (typeof value !== "object" || value === null) return;
    if (isRef(value)) found.push(place);
    for (const [key, member] of Object.entries(value)) {
      visit(memberOf(place, key, member));
    }
  };
  visit({ value: document.parsed, document, pointer: "#/" });
  return found;
}

function memberOf(holder: Place, key: string, value: unknown): Place {
  const segment = key.replaceAll("~", "~0").replaceAll("/", "~1");
  const { document, pointer } = holder;
  return {
    value,
    document,
    pointer: pointer === "#/" ? pointer + segment : `${pointer}/${segment}`,
  };
}

function hasMember(
  value: unknown,
  key: string,
): value is Readonly<Record<string, unknown>> {
  return (isObject(value) || Array.isArray(value)) && Object.hasOwn(value, key);
}
