import type { cliReportEn } from './cli-report.en.ts';

export const cliReportKo: Record<keyof typeof cliReportEn, string> = {
  'convert.description': '저장해 둔 JSON 보고서를 다시 스캔하지 않고 다른 형식으로 쓰기',
  'convert.report': 'plimsoll scan -f json=파일 또는 plimsoll assess가 만든 파일, 표준 입력은 -',
  'convert.example.sarif': '코드 스캐닝용 보고서',
  'convert.example.several': '한 번에 두 형식',
  'convert.example.template': '직접 만든 템플릿',
  'convert.hidden': '{file}을(를) 쓸 때 표시 필터가 {count}건을 뺐습니다. 이 파일로 만든 보고서에는 그 항목이 없습니다.',
  'setting.sarif-suppressed': 'sarif 형식: 집계하지 않는 항목도 suppressions와 함께 쓰기. GitHub는 그 항목에도 경고를 엽니다',
  'setting.template': 'template 형식: @파일, 템플릿 내용 또는 내장 이름(list, mail, chat)',
  'setting.asff-account': 'asff 형식: AWS 계정. 기본값은 AWS_ACCOUNT_ID',
  'setting.asff-region': 'asff 형식: AWS 리전. 기본값은 AWS_REGION 또는 AWS_DEFAULT_REGION',
  'setting.asff-product': 'asff 형식: 제품 통합의 ARN. 기본값은 계정의 기본 제품',
};
