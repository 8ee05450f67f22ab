// The terminal dock.
import { expect, type Locator, type Page } from '@playwright/test'
import type { Commands } from './commands.ts'

/** What an empty screen says. */
const HINT = 'Commands read the moment of the playhead'

export class Terminal {
  readonly region: Locator
  readonly log: Locator
  readonly input: Locator

  constructor(
    private readonly page: Page,
    private readonly commands: Commands,
  ) {
    this.region = page.getByRole('region', { name: 'Terminal', exact: true })
    this.log = this.region.getByRole('log')
    this.input = this.region.getByRole('textbox')
  }

  async open(host: string): Promise<void> {
    if (!(await this.region.isVisible())) await this.commands.run('Terminal')
    await this.region.getByRole('tab', { name: host, exact: true }).click()
    await expect(this.input).toHaveAccessibleName(`Command for ${host}`)
  }

  /** Runs one command on a screen that was cleared, and gives what it printed. */
  async run(command: string): Promise<string> {
    await this.input.focus()
    await this.page.keyboard.press('Control+l')
    await expect(this.log).toContainText(HINT)
    await this.input.fill(command)
    await this.page.keyboard.press('Enter')
    // The hint names commands, too, so that only its absence tells that the answer is there.
    await expect(this.log).not.toContainText(HINT)
    await expect(this.log).toContainText(command)
    const text = (await this.log.textContent()) ?? ''
    return text.slice(text.indexOf('\n') + 1)
  }
}
