import { PDFArray, PDFDict, PDFDocument, PDFName } from '@cantoo/pdf-lib';

/** Finds the 1-based page number of each link target in the document. */
export async function pagesOfAnchors(pdf: Uint8Array): Promise<Map<string, number>> {
  const document = await PDFDocument.load(pdf, { updateMetadata: false });
  const places = document.catalog.lookup(PDFName.of('Dests'), PDFDict);
  const numbers = new Map(document.getPages().map(({ ref }, index) => [ref.toString(), index + 1]));
  const pages = new Map<string, number>();
  for (const [name] of places.entries()) {
    const page = places.lookup(name, PDFArray).get(0).toString();
    const number = numbers.get(page);
    if (number !== undefined) pages.set(name.decodeText(), number);
  }
  return pages;
}
