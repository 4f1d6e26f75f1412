/*
 * Messages between the pane and the frame in it, in which the documents of the machine's servers
 * are shown. The frame is sandboxed: it loads nothing itself.
 */

/** Where a document is shown, and where it comes from. */
export type View =
  | { readonly kind: 'html'; readonly text: string }
  | { readonly kind: 'text'; readonly text: string }
  /** `source` is a `data:` address. */
  | { readonly kind: 'image'; readonly source: string };

/** What a document needs; `css` is a style sheet in the document itself. */
export type Need =
  | { readonly as: 'style' | 'image'; readonly address: string }
  | { readonly as: 'css'; readonly text: string; readonly base: string };

export type ToFrame =
  | { readonly kind: 'show'; readonly address: string; readonly view: View }
  /** The answer to `need`: the text of a style sheet, or the `data:` address of an image. */
  | { readonly kind: 'loaded'; readonly id: number; readonly text: string | undefined };

/** A link that was followed, or a form that was sent. */
export interface Go {
  readonly kind: 'go';
  readonly address: string;
  /** The body of a form that is sent with POST, with its media type. */
  readonly body: { readonly type: string; readonly bytes: Uint8Array } | undefined;
}

export type FromFrame =
  /** The first message: the frame is loaded, and has received its port. */
  | { readonly kind: 'ready' }
  | { readonly kind: 'need'; readonly id: number; readonly need: Need }
  /** The document is visible, though its images may be missing. `scripts` is whether it has any. */
  | { readonly kind: 'shown'; readonly title: string; readonly scripts: boolean }
  | Go;
