resource "ngrok_ssh_credential" "laptop" {
  public_key  = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIMadeUpKeyOfALaptop jo@laptop"
  description = "Jo's laptop"
  acl         = ["bind:jo.acme.example.com", "bind:*.jo.acme.example.com"]
}
