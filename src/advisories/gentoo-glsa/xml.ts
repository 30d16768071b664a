import { readXml } from '../../util/xml/index.ts';

/** What is read of elements that stand for one thing; the others are put together here. */
type Element = Readonly<Record<string, string>>;

interface Package {
  readonly Name: string;
  readonly Arch: string;
  readonly Unaffected: Element[];
  readonly Vulnerable: Element[];
}

/**
 * An advisory as Gentoo publishes it, with the same fields as its JSON form, unchecked; or what is wrong with the document.
 * Source: https://www.gentoo.org/dtd/glsa.dtd. The date of `revised` had the count beside it once (`2007-12-30: 02`).
 */
export function glsaDocument(document: string): object | string {
  const glsa = { ID: '', Announced: '', Revised: { Text: '' }, Product: { Type: '' }, References: { URI: [] as Element[] } };
  const packages: Package[] = [];
  const open: string[] = [];
  let attributes: Element = {};
  let text = '';
  const wrong = readXml(document, {
    open(name, given) {
      [attributes, text] = [given, ''];
      const within = open.at(-1);
      open.push(name);
      if (within === undefined && name === 'glsa') glsa.ID = given.id ?? '';
      else if (within === 'glsa' && name === 'product') glsa.Product.Type = given.type ?? '';
      else if (within === 'affected' && name === 'package')
        packages.push({ Name: given.name ?? '', Arch: given.arch ?? '', Unaffected: [], Vulnerable: [] });
    },
    text(more) {
      text += more;
    },
    close(name) {
      open.pop();
      const within = open.at(-1);
      if (within === 'glsa' && name === 'announced') glsa.Announced = day(text);
      else if (within === 'glsa' && name === 'revised') glsa.Revised.Text = day(text);
      else if (within === 'references' && name === 'uri') glsa.References.URI.push({ Text: text });
      else if (within === 'package' && (name === 'unaffected' || name === 'vulnerable'))
        packages.at(-1)?.[name === 'unaffected' ? 'Unaffected' : 'Vulnerable'].push({
          Range: attributes.range ?? '',
          Slot: attributes.slot ?? '',
          Text: text,
        });
    },
  });
  return wrong ?? { ...glsa, Affected: { Package: packages } };
}

function day(text: string): string {
  return /^\d{4}-\d\d-\d\d/.exec(text)?.[0] ?? '';
}
