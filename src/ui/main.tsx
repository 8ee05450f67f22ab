// Starts the page: preferences, worker, player, then what the address asks for.
import './theme/tokens.css'
import './theme/base.css'
import { createRoot } from 'react-dom/client'
import { App } from './App.tsx'
import { setLanguage, text } from './i18n/text.ts'
import { fetchFloating } from './kit/floating.ts'
import { startPlayer } from './player/player.ts'
import { openLocation, watchLocation } from './share/location.ts'
import { setClient } from './store/client.ts'
import { setPrefs, usePrefs } from './store/prefs.ts'
import { watchRecordingHash } from './store/recording-hash.ts'
import { simulationCrashed } from './store/restart.ts'
import { loadScenarios } from './store/scenarios.ts'
import { showToast } from './store/toasts.ts'
import type { PrefsState } from './store/types.ts'
import { applyTheme } from './theme/apply-theme.ts'
import { createWorkerClient } from './worker/client.ts'

function applyPrefs({ theme, reducedMotion }: PrefsState): void {
  applyTheme(theme)
  document.documentElement.toggleAttribute('data-reduced-motion', reducedMotion)
}

async function applyLanguage(language: PrefsState['language']): Promise<void> {
  if (await setLanguage(language)) return
  setPrefs({ language: language === 'en' ? 'zh-CN' : 'en' })
  showToast({ text: text().shell.languageFailed, tone: 'problem', action: null })
}

const makeWorker = () => new Worker(new URL('./worker/entry.ts', import.meta.url), { type: 'module' })

setClient(createWorkerClient(makeWorker, simulationCrashed))
applyPrefs(usePrefs.getState())
usePrefs.subscribe((now, before) => {
  applyPrefs(now)
  if (now.language !== before.language) void applyLanguage(now.language)
})
const { language } = usePrefs.getState()
if (language !== 'en') await setLanguage(language)
startPlayer()
watchRecordingHash()
watchLocation()
const root = document.getElementById('root')
if (!root) throw new Error('index.html has no #root')
createRoot(root).render(<App />)
void openLocation()
  .catch(() => undefined)
  .finally(() => {
    fetchFloating()
    void loadScenarios().catch(() => undefined)
  })
