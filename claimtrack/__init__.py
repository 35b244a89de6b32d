"""claimtrack: who claims what, how sure they are, and who contradicts whom."""
