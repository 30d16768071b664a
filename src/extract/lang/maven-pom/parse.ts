import { readXml } from '../../../util/xml/index.ts';

/** What one pom.xml says, nothing merged or filled in. Texts may hold `${...}`. */
export interface Pom {
  readonly group?: string;
  readonly artifact: string;
  readonly version?: string;
  readonly parent?: PomParent;
  readonly properties: readonly (readonly [name: string, value: string])[];
  readonly managed: readonly PomDependency[];
  readonly dependencies: readonly PomDependency[];
  /** Dependencies without a name, or beyond any sensible number. */
  readonly odd: number;
}

export interface PomParent {
  readonly group: string;
  readonly artifact: string;
  readonly version: string;
  /** Absent: `../pom.xml`. Empty: not in this folder. */
  readonly relativePath?: string;
}

export interface PomDependency {
  readonly group: string;
  readonly artifact: string;
  readonly version?: string;
  readonly scope?: string;
  readonly type?: string;
  readonly classifier?: string;
}

const MAX_ENTRIES = 10_000;
const MAX_TEXT = 1000;
const FIELDS = new Set(['groupId', 'artifactId', 'version', 'scope', 'type', 'classifier', 'relativePath']);

/** Undefined where the text is no pom. Never throws. Source: Maven, "POM Reference" and maven-4.0.0.xsd. */
export function parsePom(text: string): Pom | undefined {
  const reader = new PomReader();
  try {
    if (readXml(text, reader) !== undefined) return undefined;
  } catch (error) {
    if (error instanceof RangeError) return undefined; // markup without end
    throw error;
  }
  return reader.pom();
}

type Fields = Record<string, string>;

/** Collects what stands at the places that matter; all others (profiles, build, exclusions) go by. */
class PomReader {
  readonly #path: string[] = [];
  readonly #own: Fields = {};
  #parent: Fields | undefined;
  #dependency: Fields = {};
  readonly #properties: [string, string][] = [];
  readonly #managed: PomDependency[] = [];
  readonly #dependencies: PomDependency[] = [];
  #odd = 0;

  open(name: string): void {
    this.#path.push(name);
    const at = this.#path.join('/');
    if (at === PARENT) this.#parent = {};
    else if (at === DEPENDENCY || at === MANAGED) this.#dependency = {};
    else if (at === `${PARENT}/relativePath` && this.#parent) this.#parent.relativePath = '';
  }

  text(text: string): void {
    const name = this.#path.at(-1) ?? '';
    const owner = this.#path.slice(0, -1).join('/');
    if (text.length > MAX_TEXT) return;
    if (owner === PROPERTIES) {
      if (this.#properties.length < MAX_ENTRIES) this.#properties.push([name, text]);
    } else if (FIELDS.has(name)) {
      if (owner === PROJECT) this.#own[name] = text;
      else if (owner === PARENT && this.#parent) this.#parent[name] = text;
      else if (owner === DEPENDENCY || owner === MANAGED) this.#dependency[name] = text;
    }
  }

  close(): void {
    const at = this.#path.join('/');
    this.#path.pop();
    if (at !== DEPENDENCY && at !== MANAGED) return;
    const list = at === MANAGED ? this.#managed : this.#dependencies;
    const { groupId, artifactId, version, scope, type, classifier } = this.#dependency;
    if (!groupId || !artifactId || list.length >= MAX_ENTRIES) this.#odd++;
    else list.push({ group: groupId, artifact: artifactId, ...given({ version, scope, type, classifier }) });
  }

  pom(): Pom | undefined {
    const { groupId, artifactId, version } = this.#own;
    const parent = this.#parent;
    if (!artifactId) return undefined;
    const { relativePath } = parent ?? {};
    const whole = parent?.groupId && parent.artifactId && parent.version;
    return {
      ...given({ group: groupId, version }),
      artifact: artifactId,
      ...(whole
        ? {
            parent: {
              group: parent.groupId ?? '',
              artifact: parent.artifactId ?? '',
              version: parent.version ?? '',
              ...given({ relativePath }),
            },
          }
        : {}),
      properties: this.#properties,
      managed: this.#managed,
      dependencies: this.#dependencies,
      odd: this.#odd + (parent && !whole ? 1 : 0),
    };
  }
}

const PROJECT = 'project';
const PARENT = 'project/parent';
const PROPERTIES = 'project/properties';
const DEPENDENCY = 'project/dependencies/dependency';
const MANAGED = 'project/dependencyManagement/dependencies/dependency';

/** Without the fields that are undefined. */
function given<K extends string>(fields: Readonly<Record<K, string | undefined>>): { [key in K]?: string } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as { [key in K]?: string };
}
