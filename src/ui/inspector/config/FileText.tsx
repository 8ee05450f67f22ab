// Lines of a file, highlighted; added and removed ones carry their sign as well as a tint.
import { memo } from 'react'
import { useText } from '../../i18n/text.ts'
import own from './config.module.css'
import type { DiffLine } from './diff.ts'
import { highlight } from './highlight.ts'

const Line = memo(function Line({ sign, text }: DiffLine) {
  return (
    <span className={own.lineText} data-sign={sign}>
      <span className={own.sign}>{sign}</span>
      {highlight(text).map(({ tone, text: word }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the words of one line never change places
        <span key={index} data-tone={tone}>
          {word}
        </span>
      ))}
      {'\n'}
    </span>
  )
})

export function FileText({ name, lines }: { name: string; lines: readonly (DiffLine | null)[] }) {
  const { config } = useText().inspector
  return (
    <section className={own.text} aria-label={name} tabIndex={0}>
      <pre>
        {lines.map((line, index) =>
          line === null ? (
            // biome-ignore lint/suspicious/noArrayIndexKey: lines of one version never change places
            <span key={index} className={own.gap}>
              {'⋯\n'}
            </span>
          ) : line.sign === ' ' ? (
            // biome-ignore lint/suspicious/noArrayIndexKey: lines of one version never change places
            <Line key={index} {...line} />
          ) : (
            // biome-ignore lint/suspicious/noArrayIndexKey: lines of one version never change places
            <span key={index} title={line.sign === '+' ? config.added : config.removed}>
              <Line {...line} />
            </span>
          ),
        )}
      </pre>
    </section>
  )
}
