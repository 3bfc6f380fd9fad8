"""Who works: processes of this machine in a short and a long lane, or a cluster in their place."""
