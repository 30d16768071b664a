const NAMES: Readonly<Record<string, string>> = { '<': '&lt;', '>': '&gt;', '&': '&amp;', '"': '&quot;', "'": '&apos;' };
/** Markup, white space that a reader would take together, and what would move a terminal. */
const ESCAPED = /[<>&"']|[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029\ufffe\uffff]|^ | $/gu;
/** Characters that XML has no way to write. Source: XML 1.0, fifth edition, "Char". */
const NONE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ud800-\udfff\ufffe\uffff]/;

/** A text as it stands in XML, in an element or an attribute. What XML cannot write is U+FFFD. */
export function escapeXml(text: string): string {
  return text.replace(ESCAPED, (char) => NAMES[char] ?? (NONE.test(char) ? '\ufffd' : `&#${char.codePointAt(0)};`));
}
