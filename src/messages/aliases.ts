import type { Language } from './fill.ts';

/** What is said to those who type another tool's command line. */
const en = {
  usage: 'Usage: {usage}\n\nAs {tool} takes it. What follows is understood, and how plimsoll says it:',
  overview: 'Of {tool} these are understood; `--help` behind each tells its options:',
  'here.same': 'the same',
  'here.nothing': 'so anyway, nothing to do',
  'here.ignored': 'no counterpart: it is told and ignored',
  json: "--format json writes {tool}'s form, for scripts that read it. The report of plimsoll itself: {line}",
  more: 'Options of plimsoll itself may be given too. All that is understood of other tools: docs/coming-from.md',
  ignored: 'warning: ignored, as there is no counterpart here to these options of {tool}: {options}',
} as const;

const ko: typeof en extends infer T ? { readonly [K in keyof T]: string } : never = {
  usage: '사용법: {usage}\n\n{tool} 방식 그대로 받습니다. 지원하는 옵션과 plimsoll에서의 표현은 다음과 같습니다.',
  overview: '{tool}에서 지원하는 명령입니다. 각 명령 뒤에 `--help`를 붙이면 옵션을 볼 수 있습니다.',
  'here.same': '동일',
  'here.nothing': '원래 그렇게 동작하므로 영향 없음',
  'here.ignored': '대응하는 기능이 없어 알린 뒤 무시',
  json: '--format json은 그 형식을 읽는 스크립트를 위해 {tool} 형식으로 씁니다. plimsoll 자체 보고서: {line}',
  more: 'plimsoll 자체 옵션도 함께 쓸 수 있습니다. 다른 도구에서 지원하는 것 전체: docs/coming-from.md',
  ignored: '경고: {tool}의 다음 옵션은 대응하는 기능이 없어 무시합니다: {options}',
};

/** How an option of another tool is said here, where that takes words; English in src/cli/aliases. */
const hereKo: Readonly<Record<string, string>> = {
  "`--format`; json is Trivy's (`-f trivy`), spdx tag-value": '`--format`. json은 Trivy 형식(`-f trivy`), spdx는 tag-value',
  'same; with `--exit-code` the mildest of them is `--fail-on`': '동일. `--exit-code`가 있으면 그중 가장 낮은 심각도가 `--fail-on`',
  '`--fail-on`, and this exit code': '`--fail-on`, 종료 코드는 이 값',
  'an archive as the target': '대상으로 지정한 아카이브',
  "`--format`: json and gitlab are GitLab's form, whose list is `.vulnerabilities`; packages is table":
    '`--format`. json과 gitlab은 `.vulnerabilities` 목록이 있는 GitLab 형식, packages는 table',
  '`--fail-on` and exit code 2 where it has vulnerability': 'vulnerability가 있으면 `--fail-on`, 종료 코드는 2',
  '`--fail-on` and exit code 2': '`--fail-on`, 종료 코드는 2',
  'the prefix of what it is compared to: `oci:`, `sbom:`, ...': '비교 대상의 접두사: `oci:`, `sbom:` 등',
  "the target's prefix: `oci:`, `sbom:`, ...": '대상의 접두사: `oci:`, `sbom:` 등',
  '`--format`; text is table': '`--format`. text는 table',
  '`--format`; json is CycloneDX': '`--format`. json은 CycloneDX',
  '`fixable:` before the severity of `--fail-on` for upgradable': 'upgradable이면 `--fail-on`의 심각도 앞에 `fixable:`',
  '`--severity` and `--fail-on`: this and worse': '`--severity`와 `--fail-on`: 이 심각도 이상',
  '`--format`; text is table, json as Clair has it': '`--format`. text는 table, json은 Clair 형식',
  '`--format hadolint` in each of its forms, `gitlab-codequality`; ours where none is named':
    '`--format hadolint`의 각 형식과 `gitlab-codequality`. 지정하지 않으면 Plimsoll의 표',
  '`--fail-on`; ignore and none are none': '`--fail-on`. ignore와 none은 none',
  '`.hadolint.yaml` beside the file is read': '파일 옆의 `.hadolint.yaml`을 읽음',
};

/** What stands for an option of another tool, in the reader's language. */
export function aliasHere(said: string, language: Language): string {
  if (said === 'same' || said === 'nothing' || said === 'ignored') return aliasTexts(language)[`here.${said}`];
  return language === 'ko' ? (hereKo[said] ?? said) : said;
}

export function aliasTexts(language: Language): { readonly [K in keyof typeof en]: string } {
  return language === 'ko' ? ko : en;
}
