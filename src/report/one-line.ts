/** A text of several lines as one: where a line ends without a mark it gets a semicolon. Other tools write lines; most formats have a cell, or a sentence. */
export function oneLine(text: string): string {
  return text.trimEnd().replace(/([^\s.:;,!?])?[ \t]*[\r\n]\s*/g, (_all, last?: string) => (last === undefined ? ' ' : `${last}; `));
}
