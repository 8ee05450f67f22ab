// The hovered or selected field in words, with its bytes one by one.
import { useText } from '../../i18n/text.ts'
import { PrefixSwatch } from '../parts/PrefixName.tsx'
import { Rich } from '../parts/Rich.tsx'
import { byteMeanings, explainField } from './explain-field.ts'
import { hexOf } from './field-rows.ts'
import own from './message.module.css'
import type { Fields } from './use-fields.ts'

export function Explanation({ fields, bytes }: { fields: Fields; bytes: readonly number[] }) {
  const t = useText().inspector
  const field = fields.hovered ?? fields.selected
  const isPrefix = field?.code === 'prefix' || field?.code === 'prefix-add-path'
  return (
    <section className={own.explanation} aria-label={t.message.explanation} aria-live="polite">
      {field ? (
        <>
          <div>
            <h4 lang="en">
              {isPrefix ? <PrefixSwatch prefix={field.value} /> : null}
              {field.name} <code>{field.value}</code>
            </h4>
            <p>
              <Rich text={explainField(field, t)} />
            </p>
          </div>
          <ol className={own.meanings}>
            {byteMeanings(field, bytes, t.message).map(({ byte, text, leading }, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: bytes of one message never change places
              <li key={index} data-leading={leading || undefined}>
                <code>{hexOf(byte)}</code>
                <span>{text}</span>
              </li>
            ))}
          </ol>
        </>
      ) : (
        <p>{t.message.choose}</p>
      )}
    </section>
  )
}
