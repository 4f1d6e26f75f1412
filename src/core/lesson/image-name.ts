/** The name of an image with its tag, which is `latest` if the name has none. */
export function withTag(image: string): string {
  return image.includes(':') ? image : `${image}:latest`;
}
