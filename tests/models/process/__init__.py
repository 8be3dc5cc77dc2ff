"""The process: every state, move and hat; long random walks; each stage's rules; what both sides may."""
