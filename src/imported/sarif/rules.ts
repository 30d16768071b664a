import { type Fields, fields, list, text } from '../../util/fields.ts';

/** What a result's rule says, as far as it is stated. */
export interface Rule {
  readonly id?: string;
  readonly title?: string;
  readonly help?: string;
  readonly url?: string;
  /** `messageStrings`, by their ids. */
  readonly messages: Fields;
  readonly level?: string;
  readonly properties: Fields;
}

/**
 * How results find their rule: `rule` with its component, else `ruleId` and `ruleIndex` in the driver (SARIF 3.27.5 to 3.27.7, 3.52). An
 * id that only begins with a rule's id, `CA1000/1`, is a rule of its own that takes that one's texts.
 */
export function rulesOf(tool: Fields): (result: Fields) => Rule {
  const components = [fields(tool.driver), ...list(tool.extensions).map(fields)];
  const lists = components.map((component) => list(component.rules).map(fields));
  const tables = lists.map((rules) => new Map(rules.map((rule) => [text(rule.id), rule])));
  return (result) => {
    const reference = fields(result.rule);
    const stated = text(result.ruleId) ?? text(reference.id);
    const index = position(result.ruleIndex) ?? position(reference.index);
    const component = componentOf(fields(reference.toolComponent), components);
    const indexed = index === undefined ? undefined : lists[component]?.[index];
    const rule = indexed ?? (stated === undefined ? undefined : named(stated, [tables[component], ...tables])) ?? {};
    const id = stated ?? text(rule.id);
    return { ...(id === undefined ? {} : { id }), ...textsOf(rule) };
  };
}

/** 0, the driver, where a reference says nothing else; extensions stand after it. */
function componentOf({ index, guid, name }: Fields, components: readonly Fields[]): number {
  const at = position(index);
  if (at !== undefined) return at + 1;
  const found = components.findIndex((each) => (guid !== undefined && each.guid === guid) || (name !== undefined && each.name === name));
  return Math.max(0, found);
}

function named(id: string, tables: readonly (ReadonlyMap<string | undefined, Fields> | undefined)[]): Fields | undefined {
  for (const table of tables) {
    for (let part = id; part !== ''; part = part.slice(0, Math.max(0, part.lastIndexOf('/')))) {
      const found = table?.get(part);
      if (found) return found;
    }
  }
  return undefined;
}

function textsOf(rule: Fields): Omit<Rule, 'id'> {
  const said = (value: unknown): string | undefined => text(fields(value).text);
  const title = said(rule.shortDescription) ?? text(rule.name) ?? said(rule.fullDescription);
  const help = said(rule.help) ?? text(fields(rule.help).markdown) ?? said(rule.fullDescription);
  const url = text(rule.helpUri);
  const level = text(fields(rule.defaultConfiguration).level);
  return {
    ...(title === undefined ? {} : { title }),
    ...(help === undefined ? {} : { help }),
    ...(url === undefined || !/^https?:\/\//i.test(url) ? {} : { url }),
    ...(level === undefined ? {} : { level }),
    messages: fields(rule.messageStrings),
    properties: fields(rule.properties),
  };
}

function position(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 ? value : undefined;
}
