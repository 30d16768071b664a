import type { ErrorText } from './error-text.ts';
import type { reportErrorsEn } from './report-errors.en.ts';

export const reportErrorsKo: Record<keyof typeof reportErrorsEn, ErrorText> = {
  'stored-report-unreadable': { what: '보고서 {path}을(를) 읽을 수 없습니다: {detail}.', next: '경로와 권한을 확인하십시오.' },
  'stored-report-malformed': {
    what: '{path}은(는) plimsoll의 JSON 보고서가 아닙니다. {at} 위치의 내용이 올바르지 않습니다({expected}).',
    next: 'plimsoll scan -f json=파일 또는 plimsoll assess가 만든 파일을 고치지 않은 그대로 지정하십시오.',
  },
  'stored-report-version': {
    what: '{path}은(는) 스키마 버전 {version}의 보고서입니다. 이 plimsoll은 버전 1을 읽습니다.',
    next: '더 새로운 plimsoll로 읽거나 이 plimsoll로 보고서를 다시 만드십시오.',
  },
  'assess-format': {
    what: 'assess는 모든 형식을 한꺼번에 폴더에 쓰므로 형식을 받지 않습니다.',
    next: '폴더는 --output으로 지정하십시오(기본값 plimsoll-report). 한 가지 형식만 필요하면: plimsoll convert plimsoll-report/latest/report.json -f {format}',
  },
  'asff-account-missing': {
    what: 'asff 형식에는 결과가 속할 AWS 계정과 리전이 필요합니다. {missing}이(가) 설정되지 않았습니다.',
    next: '--asff-account와 --asff-region을 지정하거나, AWS_ACCOUNT_ID와 AWS_REGION 또는 plimsoll.yaml의 asff.account-id와 asff.region을 설정하십시오.',
  },
  'asff-account-invalid': {
    what: "'{value}'은(는) asff 형식에 쓸 수 있는 {what}이(가) 아닙니다.",
    next: '계정은 숫자 열두 자리, 리전은 eu-central-1과 같은 이름, 제품은 arn:aws:securityhub:리전:계정:product/이름/이름 형식입니다.',
  },
  'template-malformed': {
    what: '{name} {line}행: {detail}.',
    next: '템플릿을 고치십시오. 문법과 예시는 docs/reports.md에 있습니다.',
  },
  'template-go': {
    what: '{name}은(는) Trivy가 쓰는 Go 템플릿입니다. plimsoll은 Handlebars 방식의 템플릿을 읽습니다.',
    next: '`{{ range .Results }}` 대신 `{{#each issues}}`처럼 다시 작성하십시오. 쓸 수 있는 이름은 docs/reports.md의 템플릿 절에 있습니다. 또는 출력 형식(html, junit, gitlab, gitlab-codequality, asff, csv)을 쓰십시오.',
  },
  'template-unused': {
    what: '{template} 템플릿은 쓰이지 않습니다. 출력 형식 중에 template이 없습니다.',
    next: '-f template을 더하거나 --template을 빼십시오.',
  },
  'template-limit': {
    what: '{name}이(가) {limit} 안에 끝나지 않습니다.',
    next: '자기 자신을 부르는 부분 템플릿이나 겹친 반복문이 있는지 살펴보십시오.',
  },
  'template-missing': {
    what: '템플릿 {name}을(를) 읽을 수 없습니다: {detail}.',
    next: '파일(@mail.html.hbs) 또는 내장 이름 중 하나를 지정하십시오: {choices}.',
  },
};
