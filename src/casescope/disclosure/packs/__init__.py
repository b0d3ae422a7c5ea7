"""Rule packs of disclosure control: data, one file each."""
