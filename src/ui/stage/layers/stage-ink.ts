// What every layer needs beside its own data: colours, words, level of detail, and what is chosen.
import type { stage } from '../../i18n/en/stage.ts'
import type { SelectionState } from '../../store/types.ts'
import type { Tokens } from '../../theme/tokens.ts'
import type { Level } from '../levels.ts'

export interface StageInk {
  tokens: Tokens
  text: typeof stage
  level: Level
  selectedHost: string | null
  hover: SelectionState['hover']
}
