// The share dialog.
import { expect, type Locator, type Page } from '@playwright/test'

export class Share {
  readonly dialog: Locator
  readonly link: Locator

  constructor(private readonly page: Page) {
    this.dialog = page.getByRole('dialog', { name: 'Share' })
    this.link = this.dialog.getByRole('textbox', { name: 'Link' })
  }

  async open(): Promise<void> {
    await this.page.getByRole('button', { name: 'Share', exact: true }).click()
    await expect(this.dialog).toBeVisible()
  }

  /** Presses Copy and gives what the clipboard then holds. */
  async copy(): Promise<string> {
    await this.dialog.getByRole('button', { name: 'Copy' }).click()
    await expect(this.dialog.getByRole('button', { name: 'Copied' })).toBeVisible()
    return this.page.evaluate(() => navigator.clipboard.readText())
  }
}
