import { PDFDict, PDFDocument, PDFHexString, PDFName, PDFString } from '@cantoo/pdf-lib';
import { factsLine } from '../facts.ts';
import type { Workshop } from '../workshop.ts';

/** PDF 2.0 structure types that Chromium uses in a file of an older version, and replacements. */
const ROLES = { Strong: 'Span', Em: 'Span' };

/** Sets the metadata without the time of printing, and compresses the file to half its size. */
export async function finishPdf(pdf: Uint8Array, workshop: Workshop): Promise<Uint8Array> {
  const document = await PDFDocument.load(pdf, { updateMetadata: false });
  const date = new Date(`${workshop.facts.date}T00:00:00Z`);
  document.setTitle(workshop.title);
  document.setAuthor(workshop.title);
  document.setSubject(`${workshop.description} ${factsLine(workshop.facts)}.`);
  document.setKeywords(['Docker', 'workshop', 'containers']);
  document.setCreator(workshop.title);
  document.setCreationDate(date);
  document.setModificationDate(date);
  repairOutline(document.catalog.lookup(PDFName.of('Outlines'), PDFDict));
  const roles = document.context.obj(ROLES);
  document.catalog.lookup(PDFName.of('StructTreeRoot'), PDFDict).set(PDFName.of('RoleMap'), roles);
  return document.save({ useObjectStreams: true, updateFieldAppearances: false });
}

/** Repairs titles. Chromium doubles them, without a space, if a heading moves to the next page. */
function repairOutline(parent: PDFDict): void {
  let item = parent.lookupMaybe(PDFName.of('First'), PDFDict);
  for (; item !== undefined; item = item.lookupMaybe(PDFName.of('Next'), PDFDict)) {
    const title = item.lookup(PDFName.of('Title'), PDFString, PDFHexString).decodeText();
    const once = /^(.{3,}?)\1+$/s.exec(title)?.[1];
    if (once !== undefined) item.set(PDFName.of('Title'), PDFHexString.fromText(once));
    repairOutline(item);
  }
}
