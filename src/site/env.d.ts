/// <reference types="astro/client" />

declare namespace App {
  /** What a page hands to the components inside a lesson's text. */
  interface Locals {
    /** The language of the page; that of the lessons if absent. */
    language?: import('./i18n/languages.ts').Language;
    /** The lesson's place in the workshop. */
    place: import('./workshop.ts').Place;
    recording: import('../store/recordings.ts').LessonRecording;
    /** Which steps run in the browser lab; absent where the site has none. */
    browserLab: ReadonlySet<string> | undefined;
    /** The first step that shows marks, if any does: there they are explained. */
    firstMarked: string | undefined;
    terminals: ReadonlyMap<string, import('./components/terminal/terminals.ts').Terminal>;
  }
}
