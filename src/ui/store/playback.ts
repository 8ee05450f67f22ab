// Where the playhead is and how it moves. The player writes it; everything else goes through the player's functions.
import { create } from 'zustand'
import type { PlaybackState } from './types.ts'

export const usePlayback = create<PlaybackState>()(() => ({ at: 0, playing: false, speed: 'auto', effectiveSpeed: 1 }))
