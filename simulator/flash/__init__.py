"""The flash of a small lock, and a store on it that survives any power cut. FLASH.md has every bit."""
