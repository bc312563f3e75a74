"""The guest's pages: prove the mobile, see its cards, show the code to the lock (GUEST.md)."""

from simulator.platform.guest.routes import router

__all__ = ["router"]
