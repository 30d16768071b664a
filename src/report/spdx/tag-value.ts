import { printable } from '../sbom/contents.ts';
import type { SpdxAnnotation, SpdxDocument, SpdxPackage } from '../sbom/spdx2/schema.ts';

/** A document in tag-value, a block of lines an element. Source: SPDX 2.3, the tag-value examples of clauses 6 to 12. */
export function* tagValue(document: SpdxDocument): Generator<string, void> {
  const { creationInfo } = document;
  yield lines([
    ['SPDXVersion', document.spdxVersion],
    ['DataLicense', document.dataLicense],
    ['SPDXID', document.SPDXID],
    ['DocumentName', document.name],
    ['DocumentNamespace', document.documentNamespace],
    ...creationInfo.creators.map((creator) => ['Creator', creator] as const),
    ['Created', creationInfo.created],
  ]);
  for (const each of document.packages) yield `\n${packageBlock(each)}`;
  for (const { licenseId, extractedText, name } of document.hasExtractedLicensingInfos ?? []) {
    yield `\n${lines([
      ['LicenseID', licenseId],
      ['ExtractedText', `<text>${extractedText}</text>`],
      ['LicenseName', name],
    ])}`;
  }
  yield '\n';
  for (const { spdxElementId, relationshipType, relatedSpdxElement } of document.relationships) {
    yield lines([['Relationship', `${spdxElementId} ${relationshipType} ${relatedSpdxElement}`]]);
  }
}

function packageBlock(of: SpdxPackage): string {
  return lines([
    ['PackageName', of.name],
    ['SPDXID', of.SPDXID],
    ['PackageVersion', of.versionInfo],
    ['PackageSupplier', of.supplier],
    ['PackageDownloadLocation', of.downloadLocation],
    ['PrimaryPackagePurpose', of.primaryPackagePurpose?.replace('_', '-')],
    ['FilesAnalyzed', String(of.filesAnalyzed)],
    ...(of.checksums ?? []).map(({ algorithm, checksumValue }) => ['PackageChecksum', `${algorithm}: ${checksumValue}`] as const),
    ['PackageSourceInfo', of.sourceInfo && `<text>${of.sourceInfo.replaceAll('<', ' ')}</text>`],
    ['PackageLicenseConcluded', of.licenseConcluded],
    ['PackageLicenseDeclared', of.licenseDeclared],
    ['PackageCopyrightText', of.copyrightText],
    ...(of.externalRefs ?? []).map(
      ({ referenceCategory, referenceType, referenceLocator }) =>
        ['ExternalRef', `${referenceCategory.replace('_', '-')} ${referenceType} ${referenceLocator}`] as const,
    ),
    ...of.annotations.flatMap((each) => annotation(each, of.SPDXID)),
  ]);
}

function annotation({ annotator, annotationDate, annotationType, comment }: SpdxAnnotation, of: string) {
  return [
    ['Annotator', annotator],
    ['AnnotationDate', annotationDate],
    ['AnnotationType', annotationType],
    ['SPDXREF', of],
    ['AnnotationComment', `<text>${comment}</text>`],
  ] as const;
}

/** What would end a line, or move a terminal, is blank: the annotation has every text as it is. */
function lines(pairs: readonly (readonly [tag: string, value: string | undefined])[]): string {
  return pairs.map(([tag, value]) => (value === undefined ? '' : `${tag}: ${printable(value)}\n`)).join('');
}
