// A dialog: traps focus, gives it back, closes on Esc.
import { X } from 'lucide-react'
import { Dialog as Radix } from 'radix-ui'
import { type CSSProperties, type ReactNode, useState } from 'react'
import { useText } from '../i18n/text.ts'
import { IconButton } from './Button.tsx'
import { cx } from './cx.ts'
import styles from './Dialog.module.css'

interface Props {
  open: boolean
  onClose: () => void
  title: string
  description?: string
  width?: number
  /** Hides the head from sight (the title is still read) and pins the frame near the top: for the command palette. */
  bare?: boolean
  foot?: ReactNode
  children: ReactNode
}

export function Dialog({ open, onClose, title, description, width = 640, bare = false, foot, children }: Props) {
  const t = useText()
  const style = { '--dialog-width': `${width}px` } as CSSProperties
  const described = description ? {} : { 'aria-describedby': undefined }
  // There is no trigger of Radix's kind that could get the focus back: keys and menus open dialogs, too.
  const [cameFrom] = useState(() => document.activeElement)
  return (
    <Radix.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Radix.Portal>
        <Radix.Overlay className={styles.scrim} />
        <Radix.Content
          className={styles.frame}
          style={style}
          data-place={bare ? 'top' : 'middle'}
          onCloseAutoFocus={(event) => {
            event.preventDefault()
            if (document.activeElement === document.body && cameFrom instanceof HTMLElement) cameFrom.focus()
          }}
          {...described}
        >
          {bare ? (
            <Radix.Title className="visually-hidden">{title}</Radix.Title>
          ) : (
            <div className={styles.head}>
              <div>
                <Radix.Title className={styles.title}>{title}</Radix.Title>
                {description ? (
                  <Radix.Description className={styles.description}>{description}</Radix.Description>
                ) : null}
              </div>
              <IconButton label={t.shell.close} onClick={onClose}>
                <X size={16} aria-hidden />
              </IconButton>
            </div>
          )}
          <div className={cx(styles.body, bare && styles.bare)}>{children}</div>
          {foot ? <div className={styles.foot}>{foot}</div> : null}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}
