// Ctrl+K: type, and Enter runs the best match.
import { expect, type Locator, type Page } from '@playwright/test'

export class Commands {
  readonly dialog: Locator
  readonly field: Locator

  constructor(private readonly page: Page) {
    this.dialog = page.getByRole('dialog', { name: 'Command palette' })
    this.field = this.dialog.getByRole('combobox')
  }

  async open(): Promise<void> {
    await this.page.keyboard.press('Control+k')
    await expect(this.field).toBeFocused()
  }

  /** `wanted` is the entry that must stand first for these words. */
  async run(words: string, wanted: string | RegExp = words): Promise<void> {
    await this.open()
    await this.page.keyboard.insertText(words)
    await expect(this.dialog.getByRole('option', { selected: true })).toContainText(wanted)
    await this.page.keyboard.press('Enter')
    await expect(this.dialog).toBeHidden()
  }
}
