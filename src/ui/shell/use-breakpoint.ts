// The four forms of the page (ux.md 2): columns, inspector over the stage, without palette column, phone.
import { useMedia } from '../kit/use-media.ts'

export type Breakpoint = 'wide' | 'overlay' | 'medium' | 'narrow'

export function useBreakpoint(): Breakpoint {
  const wide = useMedia('(min-width: 1280px)')
  const overlay = useMedia('(min-width: 1024px)')
  const medium = useMedia('(min-width: 768px)')
  if (wide) return 'wide'
  if (overlay) return 'overlay'
  return medium ? 'medium' : 'narrow'
}
