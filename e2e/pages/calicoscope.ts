// The page as its user knows it. Everything is found by role and accessible name; the canvas is never looked at, its parallel
// tree is.
import { expect, type Locator, type Page } from '@playwright/test'
import { Commands } from './commands.ts'
import { Editor } from './editor.ts'
import { Events } from './events.ts'
import { Inspector } from './inspector.ts'
import { Share } from './share.ts'
import { Stage } from './stage.ts'
import { Terminal } from './terminal.ts'
import { Timeline } from './timeline.ts'

export class CalicoScope {
  readonly stage: Stage
  readonly timeline: Timeline
  readonly events: Events
  readonly inspector: Inspector
  readonly terminal: Terminal
  readonly editor: Editor
  readonly share: Share
  readonly commands: Commands
  readonly firstVisit: Locator
  readonly narrator: Locator
  readonly trouble: Locator
  readonly undo: Locator
  readonly redo: Locator

  constructor(readonly page: Page) {
    this.commands = new Commands(page)
    this.stage = new Stage(page)
    this.timeline = new Timeline(page, this.commands)
    this.events = new Events(page)
    this.inspector = new Inspector(page)
    this.terminal = new Terminal(page, this.commands)
    this.editor = new Editor(page)
    this.share = new Share(page)
    this.firstVisit = page.getByRole('region', { name: 'See how Calico routes' })
    this.narrator = page.getByRole('region', { name: 'Narrator' })
    const top = page.getByRole('banner')
    this.undo = top.getByRole('button', { name: 'Undo' })
    this.redo = top.getByRole('button', { name: 'Redo' })
    this.trouble = page.getByRole('dialog', { name: /cannot be opened/ })
  }

  /** Opens an address and waits until something of the cluster is there. */
  async open(fragment = ''): Promise<void> {
    await this.visit(fragment)
    await expect(this.page.getByRole('treeitem').first()).toBeAttached()
  }

  /** Opens an address that may hold nothing that can be shown. A link followed while the page is open is a new visit, too. */
  async visit(fragment = ''): Promise<void> {
    await this.page.goto(fragment.startsWith('http') ? fragment : `./${fragment}`)
  }

  scenario(title: string | RegExp): Locator {
    // To the letter: "The article's lab" is also the beginning of another title.
    if (typeof title === 'string') return this.button(`Scenario: ${title}`)
    return this.page.getByRole('button', { name: title })
  }

  button(name: string | RegExp, exact = true): Locator {
    return this.page.getByRole('button', { name, exact })
  }

  notice(words: string | RegExp): Locator {
    return this.page.getByRole('main').getByRole('status').filter({ hasText: words })
  }

  /** SHA-256 of the recording up to the playhead; the page writes it when it has come to rest. */
  async hash(): Promise<string> {
    const root = this.page.locator('html')
    await expect(root).toHaveAttribute('data-recording-hash', /^[0-9a-f]{64}$/, { timeout: 60_000 })
    return (await root.getAttribute('data-recording-hash')) ?? ''
  }
}
