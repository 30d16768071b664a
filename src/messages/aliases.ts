import type { Language } from './fill.ts';

/** What is said to those who type another tool's command line. */
const en = {
  usage: 'Usage: {usage}\n\nAs {tool} takes it. What follows is understood, and how plimsoll says it:',
  overview: 'Of {tool} these are understood; `--help` behind each tells its options:',
  'here.same': 'the same',
  'here.nothing': 'so anyway, nothing to do',
  'here.ignored': 'no counterpart: it is told and ignored',
  more: 'Options of plimsoll itself may be given too. All that is understood of other tools: docs/coming-from.md',
  ignored: 'warning: ignored, as there is no counterpart here to these options of {tool}: {options}',
} as const;

const ko: typeof en extends infer T ? { readonly [K in keyof T]: string } : never = {
  usage: '사용법: {usage}\n\n{tool} 방식 그대로 받습니다. 지원하는 옵션과 plimsoll에서의 표현은 다음과 같습니다.',
  overview: '{tool}에서 지원하는 명령입니다. 각 명령 뒤에 `--help`를 붙이면 옵션을 볼 수 있습니다.',
  'here.same': '동일',
  'here.nothing': '원래 그렇게 동작하므로 영향 없음',
  'here.ignored': '대응하는 기능이 없어 알린 뒤 무시',
  more: 'plimsoll 자체 옵션도 함께 쓸 수 있습니다. 다른 도구에서 지원하는 것 전체: docs/coming-from.md',
  ignored: '경고: {tool}의 다음 옵션은 대응하는 기능이 없어 무시합니다: {options}',
};

export function aliasTexts(language: Language): { readonly [K in keyof typeof en]: string } {
  return language === 'ko' ? ko : en;
}
