import type { GapKey } from './gap.en.ts';

export const gapKo: Record<GapKey, string> = {
  'malformed': '형식이 잘못됨: {what}',
  'too-large': '너무 큼: {what}(한도 {limit})',
  'truncated': '중간에 끊김: {what}',
  'unsupported': '지원하지 않음: {what}',
  'unreadable': '읽을 수 없음: {what}',
  'encrypted': '암호화됨: {what}',
  'nested-too-deep': '중첩이 너무 깊음: {what}(한도 {limit})',
  'no-version': '정확한 버전이 명시되지 않음: {what}',
  'not-here': '여기에 없는 것을 가리킴: {what}',
  'tool-missing': '{what}(으)로 매니페스트를 만드는 {tool}이(가) 설치되어 있지 않음',
  'tool-failed': '{tool}이(가) {what} 처리를 거부함: {detail}',
};
