import { describe, expect, it } from 'vitest';
import { sampleReport } from '../../testing/fixtures/report.ts';
import { rendered } from '../../testing/reporter-contract.ts';
import { catalogues } from '../messages/index.ts';
import type { Decision } from '../model/index.ts';
import { decide, type Gate } from '../policy/gate.ts';
import { decisionText } from './decision-text.ts';
import { html } from './html/index.ts';
import { junit } from './junit/index.ts';
import { markdown } from './markdown/index.ts';
import { markdownPr } from './markdown-pr/index.ts';
import { table } from './table/index.ts';

/** What each form of --fail-on sets. */
const GATES: Readonly<Record<string, Gate>> = {
  'high': { failOn: 'high' },
  'any': { failOn: 'unknown' },
  'new': { failOn: 'unknown', onlyNew: true },
  'new:high': { failOn: 'high', onlyNew: true },
  'fixable': { failOn: 'unknown', onlyFixable: true },
  'fixable:high': { failOn: 'high', onlyFixable: true },
  'new:fixable:high': { failOn: 'high', onlyNew: true, onlyFixable: true },
};
const NOTHING = { findings: [], gaps: [] };
const ONE = { findings: sampleReport().findings.filter(({ id }) => id === 'CVE-2022-0778'), gaps: [] };

describe('what a gate says', () => {
  it.each([
    ['high', 'Nothing at or above HIGH', '1 at or above HIGH', '높음 이상 없음', '높음 이상 1건'],
    ['any', 'Nothing of any severity', '1 of any severity', '심각도와 관계없이 없음', '심각도와 관계없이 1건'],
    [
      'new',
      'Nothing of any severity (only what is new counts)',
      '1 of any severity (only what is new counts)',
      '심각도와 관계없이 없음(새로 생긴 것만 집계)',
      '심각도와 관계없이 1건(새로 생긴 것만 집계)',
    ],
    [
      'new:high',
      'Nothing at or above HIGH (only what is new counts)',
      '1 at or above HIGH (only what is new counts)',
      '높음 이상 없음(새로 생긴 것만 집계)',
      '높음 이상 1건(새로 생긴 것만 집계)',
    ],
    [
      'fixable',
      'Nothing of any severity (of flaws in packages only those that an update mends count)',
      '1 of any severity (of flaws in packages only those that an update mends count)',
      '심각도와 관계없이 없음(패키지 취약점은 업데이트로 해결되는 것만 집계)',
      '심각도와 관계없이 1건(패키지 취약점은 업데이트로 해결되는 것만 집계)',
    ],
    [
      'fixable:high',
      'Nothing at or above HIGH (of flaws in packages only those that an update mends count)',
      '1 at or above HIGH (of flaws in packages only those that an update mends count)',
      '높음 이상 없음(패키지 취약점은 업데이트로 해결되는 것만 집계)',
      '높음 이상 1건(패키지 취약점은 업데이트로 해결되는 것만 집계)',
    ],
    [
      'new:fixable:high',
      'Nothing at or above HIGH (only what is new counts, and of flaws in packages only those that an update mends)',
      '1 at or above HIGH (only what is new counts, and of flaws in packages only those that an update mends)',
      '높음 이상 없음(새로 생긴 것만, 패키지 취약점은 업데이트로 해결되는 것만 집계)',
      '높음 이상 1건(새로 생긴 것만, 패키지 취약점은 업데이트로 해결되는 것만 집계)',
    ],
  ])('--fail-on %s', (form, passedEn, failedEn, passedKo, failedKo) => {
    const gate = GATES[form] as Gate;
    const [passed, failed] = [decide(NOTHING, gate), decide(ONE, gate)];
    expect(decisionText(passed, catalogues('en'))).toBe(`Gate: passed. ${passedEn}`);
    expect(decisionText(failed, catalogues('en'))).toBe(`Gate: failed. ${failedEn}`);
    expect(decisionText(passed, catalogues('ko'))).toBe(`게이트: 통과. ${passedKo}`);
    expect(decisionText(failed, catalogues('ko'))).toBe(`게이트: 실패. ${failedKo}`);
  });

  it('names what is not of packages, in the reader’s words', () => {
    const by = { count: 2, threshold: 'unknown' };
    const decision: Decision = {
      outcome: 'deny',
      reasons: [
        { code: 'secrets', params: { ...by, services: 'Database, GitHub' } },
        { code: 'misconfigurations', params: by },
        { code: 'imported-findings', params: { ...by, tools: 'CodeQL' } },
      ],
    };
    expect(decisionText(decision, catalogues('en'))).toBe(
      'Gate: failed. Secrets of any severity: 2 (Database, GitHub); misconfigurations of any severity: 2; findings of CodeQL of any severity: 2',
    );
    expect(decisionText(decision, catalogues('ko'))).toBe(
      '게이트: 실패. 심각도와 관계없이 비밀 정보 2건(데이터베이스, GitHub); 심각도와 관계없이 잘못된 구성 2건; CodeQL에서 가져온 결과 중 심각도와 관계없이 2건',
    );
  });

  it.each([table, markdown, markdownPr, html, junit])('stands in the format $id', async (reporter) => {
    const report = { ...sampleReport(), decision: decide(ONE, { failOn: 'unknown', onlyNew: true }) };
    const text = async (language: 'en' | 'ko') => (await rendered(reporter, report, { language })).replaceAll('\\', '');
    expect(await text('en')).toContain('1 of any severity (only what is new counts)');
    expect(await text('ko')).toContain('심각도와 관계없이 1건(새로 생긴 것만 집계)');
  });
});
