int main(void)
{
    if (1)
        break; //~ ERROR FH1210
    return 0;
}
