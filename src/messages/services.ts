/** Whose a secret is, where that is no name of anybody's. Reports of gates need these without all the other words about secrets. */
export const servicesEn = { 'service.Generic': 'Generic', 'service.Database': 'Database', 'service.Command line': 'Command line' } as const;

export const servicesKo: Record<keyof typeof servicesEn, string> = {
  'service.Generic': '일반',
  'service.Database': '데이터베이스',
  'service.Command line': '명령줄',
};

/** Whose it is: a name, or in the reader's language where it is nobody's. */
export function serviceName(service: string, texts: typeof servicesKo): string {
  const words: Readonly<Record<string, string>> = texts;
  return words[`service.${service}`] ?? service;
}
