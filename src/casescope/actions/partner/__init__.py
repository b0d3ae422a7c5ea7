"""The partner's side: a workspace and its sessions; it knows of no study, register or gate."""
