/// <reference types="astro/client" />

declare namespace App {
  /** Values that a page passes to the components in a lesson's text. */
  interface Locals {
    /** The language of the page; that of the original lessons if absent. */
    language?: import('./i18n/languages.ts').Language;
    /** The lesson's place in the workshop. */
    place: import('./workshop.ts').Place;
    /** For a deep dive, the core lesson after which it makes sense. */
    follows: import('./workshop.ts').Place | undefined;
    /** The lesson as the readers of each Engine see it. */
    views: import('./engines.ts').Views;
    /** What the text quotes from its screens. */
    quotes: import('./quotes.ts').PageQuotes;
    /** The steps that run in the browser lab; absent if the site has no lab. */
    browserLab: ReadonlySet<string> | undefined;
    /** Whether the lesson is shown in the presenter's view. */
    presented: boolean;
    /** The first step that shows marks, if any, where they are explained. */
    firstMarked: string | undefined;
    /** By step id. */
    terminals: ReadonlyMap<string, import('./components/terminal/terminals.ts').Takes>;
    /** What the Engine holds after each step, by step id. */
    held: ReadonlyMap<string, import('./components/terminal/held.ts').HeldParts>;
  }
}
