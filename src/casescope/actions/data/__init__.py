"""What a council gives becomes a study's data: mapped, loaded, run; never read out of date."""
