// A sentence of the catalog: what stands between backquotes is shown as code, which never breaks.
import { Fragment } from 'react'

export function Rich({ text }: { text: string }) {
  return text.split('`').map((part, index) =>
    index % 2 === 1 ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one sentence never change places
      <code key={index}>{part}</code>
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one sentence never change places
      <Fragment key={index}>{part}</Fragment>
    ),
  )
}

/** The same sentence for names and labels, where code cannot be marked. */
export function plainOf(text: string): string {
  return text.replaceAll('`', '')
}
