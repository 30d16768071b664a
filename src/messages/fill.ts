export type Params = Readonly<Record<string, string | number>>;
export type Language = 'en' | 'ko';

/** `template` with each `{name}` replaced by its param; a name without a param stays visible. */
export function fill(template: string, params: Params): string {
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = params[name];
    return value === undefined ? whole : String(value);
  });
}
