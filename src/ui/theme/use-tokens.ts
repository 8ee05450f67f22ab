// Tokens for React: the component renders again when the theme changes.
import { useSyncExternalStore } from 'react'
import { onThemeChange } from './apply-theme.ts'
import { readTokens, type Tokens } from './tokens.ts'

export function useTokens(): Tokens {
  return useSyncExternalStore(onThemeChange, readTokens)
}
