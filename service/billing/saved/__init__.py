"""Saved payment methods: what customers agreed to, what is charged by it without them, and their way back when they are needed."""
