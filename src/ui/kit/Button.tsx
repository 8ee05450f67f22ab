// Buttons of the page. They size to their content, so either language fits.
import type { ComponentPropsWithRef } from 'react'
import styles from './Button.module.css'
import { cx } from './cx.ts'
import { Tooltip } from './Tooltip.tsx'

interface ButtonProps extends ComponentPropsWithRef<'button'> {
  look?: 'plain' | 'primary' | 'ghost' | 'danger'
}

export function Button({ look = 'plain', className, ...rest }: ButtonProps) {
  return <button type="button" {...rest} className={cx(styles.button, look !== 'plain' && styles[look], className)} />
}

interface IconButtonProps extends ComponentPropsWithRef<'button'> {
  /** Its name, read aloud and shown as a tooltip. */
  label: string
  /** Shown in the tooltip after the name. */
  shortcut?: string | undefined
}

export function IconButton({ label, shortcut, className, ...rest }: IconButtonProps) {
  return (
    <Tooltip text={label} shortcut={shortcut}>
      <button type="button" aria-label={label} {...rest} className={cx(styles.button, styles.icon, className)} />
    </Tooltip>
  )
}
